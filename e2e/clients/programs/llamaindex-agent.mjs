import { openai } from '@llamaindex/openai'
import { agent, agentStreamEvent } from '@llamaindex/workflow'
import { tool } from 'llamaindex'
import { DESCRIPTION, KEY, MODEL, OPENAI_URL, PROMPT, readNote, SCHEMA, TOOL } from './setting.mjs'

const llm = openai({
  model: MODEL,
  apiKey: KEY,
  baseURL: OPENAI_URL,
  maxRetries: 0,
  // Its own list of models decides otherwise whether tools are offered.
  supportToolCall: true,
})
const reader = agent({
  llm,
  tools: [tool({ name: TOOL, description: DESCRIPTION, parameters: SCHEMA, execute: readNote })],
})
let text = ''
for await (const event of reader.runStream(PROMPT)) {
  if (agentStreamEvent.include(event)) text += event.data.delta
}
console.log(text)
