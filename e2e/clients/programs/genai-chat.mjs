import { GoogleGenAI } from '@google/genai'
import { DESCRIPTION, expect, GEMINI_URL, KEY, MODEL, PROMPT, readNote, SCHEMA, TOOL } from './setting.mjs'

const client = new GoogleGenAI({ apiKey: KEY, httpOptions: { baseUrl: GEMINI_URL } })
const functionDeclarations = [{ name: TOOL, description: DESCRIPTION, parametersJsonSchema: SCHEMA }]
const config = { tools: [{ functionDeclarations }], thinkingConfig: { includeThoughts: true } }
const chat = client.chats.create({ model: MODEL, config })

async function ask(message) {
  let text = ''
  let tokens = 0
  const calls = []
  const reasons = []
  for await (const chunk of await chat.sendMessageStream({ message })) {
    for (const part of chunk.candidates?.[0]?.content?.parts ?? [])
      if (part.text && !part.thought) text += part.text
    calls.push(...(chunk.functionCalls ?? []))
    tokens = chunk.usageMetadata?.totalTokenCount ?? tokens
    if (chunk.candidates?.[0]?.finishReason) reasons.push(chunk.candidates[0].finishReason)
  }
  expect(reasons.join() === 'STOP', `finish reasons ${reasons}`)
  expect(tokens > 0, 'no usage')
  return { text, calls }
}

const { calls } = await ask(PROMPT)
expect(calls.length === 1, `${calls.length} calls`)
const parts = []
for (const { id, name, args } of calls) {
  parts.push({ functionResponse: { id, name, response: { output: await readNote(args) } } })
}
console.log((await ask(parts)).text)
