import { OpenRouter } from '@openrouter/sdk'
import { DESCRIPTION, expect, KEY, MODEL, OPENAI_URL, PROMPT, readNote, SCHEMA, TOOL } from './setting.mjs'

const client = new OpenRouter({ apiKey: KEY, serverURL: OPENAI_URL, retryConfig: { strategy: 'none' } })
const messages = [{ role: 'user', content: PROMPT }]
const tools = [{ type: 'function', function: { name: TOOL, description: DESCRIPTION, parameters: SCHEMA } }]

async function ask() {
  const chatRequest = { model: MODEL, messages, tools, stream: true }
  let content = ''
  let reasoningDetails = []
  const toolCalls = []
  for await (const { choices } of await client.chat.send({ chatRequest })) {
    const delta = choices[0]?.delta ?? {}
    content += delta.content ?? ''
    reasoningDetails = reasoningDetails.concat(delta.reasoningDetails ?? [])
    for (const { index, id, function: piece } of delta.toolCalls ?? []) {
      toolCalls[index] ??= { id, type: 'function', function: { name: piece.name, arguments: '' } }
      toolCalls[index].function.arguments += piece.arguments ?? ''
    }
  }
  return { content, toolCalls, reasoningDetails }
}

const { content, toolCalls, reasoningDetails } = await ask()
expect(toolCalls.length === 1, `${toolCalls.length} calls`)
messages.push({ role: 'assistant', content: content || null, toolCalls, reasoningDetails })
for (const call of toolCalls) {
  const text = await readNote(JSON.parse(call.function.arguments))
  messages.push({ role: 'tool', toolCallId: call.id, content: text })
}
console.log((await ask()).content)
