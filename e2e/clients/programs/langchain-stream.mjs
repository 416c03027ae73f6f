import { ChatAnthropic } from '@langchain/anthropic'
import { HumanMessage, ToolMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { ChatOpenAI } from '@langchain/openai'
import {
  ANTHROPIC_URL,
  DESCRIPTION,
  expect,
  KEY,
  MODEL,
  OPENAI_URL,
  PROMPT,
  readNote,
  SCHEMA,
  TOOL,
} from './setting.mjs'

const openai = (useResponsesApi) =>
  new ChatOpenAI({
    model: MODEL,
    apiKey: KEY,
    configuration: { baseURL: OPENAI_URL },
    useResponsesApi,
    maxRetries: 0,
  })
const MODELS = {
  chat: () => openai(false),
  responses: () => openai(true),
  anthropic: () =>
    new ChatAnthropic({ model: MODEL, apiKey: KEY, anthropicApiUrl: ANTHROPIC_URL, maxRetries: 0 }),
}

const note = tool(readNote, { name: TOOL, description: DESCRIPTION, schema: SCHEMA })
const model = MODELS[process.argv[2]]().bindTools([note])
const messages = [new HumanMessage(PROMPT)]

async function ask() {
  let whole
  for await (const chunk of await model.stream(messages)) whole = whole ? whole.concat(chunk) : chunk
  messages.push(whole)
  expect(whole.usage_metadata?.total_tokens > 0, 'no usage')
  return whole
}

const first = await ask()
expect(first.tool_calls.length === 1, `${first.tool_calls.length} calls`)
for (const { id, name, args } of first.tool_calls) {
  messages.push(new ToolMessage({ tool_call_id: id, name, content: await note.invoke(args) }))
}
console.log((await ask()).text)
