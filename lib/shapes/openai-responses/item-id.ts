import { type JsonObject, textOf } from '../../platform/json-value'
import { isMessage } from './check-input'

/** How OpenAI's ids of items begin; it refuses others (`Expected an ID that begins with 'fc'`). */
const PREFIXES: Readonly<Record<string, string>> = {
  message: 'msg',
  reasoning: 'rs',
  function_call: 'fc',
  function_call_output: 'fc',
  custom_tool_call: 'ctc',
  custom_tool_call_output: 'ctc',
}
const CHARACTERS = /^[a-zA-Z0-9_-]{1,64}$/

/**
 * An item of a request without an id that OpenAI would refuse: clients make up ids of their own, or bring those of
 * another maker, and none is needed. Sources: openai/codex#33176, Wei-Shaw/sub2api#954, langchainjs#11044.
 */
export function withoutForeignId(item: JsonObject): JsonObject {
  const id = textOf(item.id)
  const prefix = PREFIXES[isMessage(item) ? 'message' : (textOf(item.type) ?? '')]
  if (id === null || prefix === undefined) return item
  if (id.startsWith(prefix) && CHARACTERS.test(id)) return item
  const { id: _foreign, ...rest } = item
  return rest
}
