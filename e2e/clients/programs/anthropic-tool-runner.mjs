import Anthropic from '@anthropic-ai/sdk'
import { ANTHROPIC_URL, DESCRIPTION, expect, KEY, MODEL, PROMPT, readNote, SCHEMA, TOOL } from './setting.mjs'

const client = new Anthropic({ baseURL: ANTHROPIC_URL, apiKey: KEY, maxRetries: 0 })
const runner = client.beta.messages.toolRunner({
  model: MODEL,
  max_tokens: 4000,
  stream: true,
  thinking: { type: 'adaptive' },
  messages: [{ role: 'user', content: PROMPT }],
  tools: [
    { name: TOOL, description: DESCRIPTION, input_schema: SCHEMA, run: readNote, parse: (input) => input },
  ],
})
const reasons = []
let last
for await (const stream of runner) {
  last = await stream.finalMessage()
  reasons.push(last.stop_reason)
  expect(last.usage.output_tokens > 0, 'no usage')
}
expect(reasons.join() === 'tool_use,end_turn', `stop reasons ${reasons}`)
console.log(last.content.map(({ text = '' }) => text).join(''))
