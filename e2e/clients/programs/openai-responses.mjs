import OpenAI from 'openai'
import { DESCRIPTION, expect, KEY, MODEL, OPENAI_URL, PROMPT, readNote, SCHEMA, TOOL } from './setting.mjs'

const client = new OpenAI({ baseURL: OPENAI_URL, apiKey: KEY, maxRetries: 0 })
const tools = [{ type: 'function', name: TOOL, description: DESCRIPTION, parameters: SCHEMA, strict: true }]
const input = [{ role: 'user', content: PROMPT }]

async function ask() {
  const stream = client.responses.stream({
    model: MODEL,
    input,
    tools,
    store: false,
    reasoning: { effort: 'low', summary: 'auto' },
    include: ['reasoning.encrypted_content'],
  })
  let next = 0
  for await (const { type, sequence_number } of stream) {
    expect(sequence_number === next, `${type} has the sequence_number ${sequence_number}, expected ${next}`)
    next += 1
  }
  const response = await stream.finalResponse()
  expect(response.status === 'completed', `status ${response.status}`)
  expect(response.usage.total_tokens > 0, 'no usage')
  return response
}

const first = await ask()
// As the guide to reasoning models says: everything goes back as it came.
input.push(...first.output.map(({ parsed_arguments, ...item }) => item))
for (const item of first.output.filter(({ type }) => type === 'function_call')) {
  const output = await readNote(JSON.parse(item.arguments))
  input.push({ type: 'function_call_output', call_id: item.call_id, output })
}
console.log((await ask()).output_text)
