import OpenAI from 'openai'
import { DESCRIPTION, expect, KEY, MODEL, OPENAI_URL, PROMPT, readNote, SCHEMA, TOOL } from './setting.mjs'

const client = new OpenAI({ baseURL: OPENAI_URL, apiKey: KEY, maxRetries: 0 })
const runner = client.chat.completions.runTools({
  model: MODEL,
  stream: true,
  stream_options: { include_usage: true },
  messages: [{ role: 'user', content: PROMPT }],
  tools: [
    {
      type: 'function',
      function: {
        name: TOOL,
        description: DESCRIPTION,
        parameters: SCHEMA,
        parse: JSON.parse,
        function: readNote,
      },
    },
  ],
})
console.log(await runner.finalContent())
const completions = runner.allChatCompletions()
const reasons = completions.map(({ choices }) => choices[0].finish_reason).join()
expect(reasons === 'tool_calls,stop', `finish reasons ${reasons}`)
const { total_tokens } = await runner.totalUsage()
expect(total_tokens > 0, 'no usage')
