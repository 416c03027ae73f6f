import { Agent, run, setDefaultOpenAIClient, tool } from '@openai/agents'
import OpenAI from 'openai'
import { DESCRIPTION, KEY, MODEL, OPENAI_URL, PROMPT, readNote, SCHEMA, TOOL } from './setting.mjs'

setDefaultOpenAIClient(new OpenAI({ baseURL: OPENAI_URL, apiKey: KEY, maxRetries: 0 }))
const agent = new Agent({
  name: 'Reader',
  model: MODEL,
  instructions: 'Read what you are asked to read.',
  tools: [tool({ name: TOOL, description: DESCRIPTION, parameters: SCHEMA, execute: readNote })],
})
const result = await run(agent, PROMPT, { stream: true })
let text = ''
for await (const piece of result.toTextStream()) text += piece
await result.completed
if (result.error) throw result.error
console.log(text)
