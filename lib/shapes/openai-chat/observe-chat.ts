import { isObject, type JsonObject, objectsOf, textOf } from '../../platform/json-value'
import type { RawToolCall } from '../../records/check-tool-calls'
import { normalizeFinishReason } from '../../records/finish-reason'
import type { AnswerFacts, AnswerObserver, AnswerUsage, ChunkFacts } from '../answer-facts'
import { type ReadError, readError } from '../read-error'
import { createToolCallJoiner, type JoinedToolCall } from './join-tool-calls'
import { readChatUsage } from './read-chat-usage'

const NOT_A_COMPLETION = 'The answer is no chat completion: it has no choices.'
const ERROR_FINISH = 'The answer finished with an error.'

/**
 * The facts of a whole chat completion; of several choices the first one's. An error object, a choice that finished
 * with an error, and anything that has no choices are problems. Never throws. Sources: ChatCompletion of OpenAI's API
 * reference; OpenRouter's error inside a 200.
 */
export function readChatAnswer(body: unknown): AnswerFacts {
  const observer = createChatObserver()
  observer.push(body)
  const facts = observer.facts()
  const hasChoice = isObject(body) && objectsOf(body.choices).length > 0
  return hasChoice ? facts : { ...facts, problem: facts.problem ?? NOT_A_COMPLETION }
}

/**
 * Watches `chat.completion.chunk` objects (whole completions too: `message` counts as a `delta`). A chunk that only
 * names the role, or is empty, carries no token. Reasoning may stand in `reasoning`, `reasoning_content` or
 * `reasoning_details`. Usage is the last one reported. A stream of which nothing has come yet has no problem; one
 * that brought something, but no `choices`, is another shape.
 */
export function createChatObserver(): AnswerObserver {
  const joiner = createToolCallJoiner()
  const legacyCall = createToolCallJoiner()
  let usage: AnswerUsage | null = null
  let nativeFinishReason: string | null = null
  let finishReason: string | null = null
  let hasOutput = false
  let hasPieces = false
  let hasChoices = false
  let error: ReadError | null = null

  const takeChoice = (choice: JsonObject, chunk: ChunkFacts): void => {
    const delta = isObject(choice.delta) ? choice.delta : choice.message
    if (isObject(delta)) {
      const isFirstChoice = choice.index === undefined || choice.index === 0
      const hasCalls = hasEntries(delta.tool_calls) || isObject(delta.function_call)
      if (isFirstChoice && hasCalls) {
        joiner.push(delta === choice.delta ? delta.tool_calls : numbered(delta.tool_calls))
        if (isObject(delta.function_call)) legacyCall.push([{ index: 0, function: delta.function_call }])
      }
      if (hasCalls) chunk.hasToolCallDelta = true
      if (hasCalls || hasContent(delta)) chunk.isToken = true
    }
    error ??= readError(choice.error)
    const raw = textOf(choice.finish_reason)
    if (raw === null || raw === '') return
    chunk.isFinal = true
    finishReason ??= normalizeFinishReason(raw)
    nativeFinishReason ??= textOf(choice.native_finish_reason) ?? raw
  }

  return {
    push(chunk) {
      const found: ChunkFacts = { isToken: false, hasToolCallDelta: false, isFinal: false }
      hasPieces = true
      if (!isObject(chunk)) return found
      error ??= readError(chunk.error)
      if (Array.isArray(chunk.choices)) hasChoices = true
      for (const choice of objectsOf(chunk.choices)) takeChoice(choice, found)
      if (found.isToken) hasOutput = true
      const reported = chunk.usage ?? (isObject(chunk.x_groq) ? chunk.x_groq.usage : null)
      if (reported !== null) usage = readChatUsage(reported) ?? usage
      return found
    },
    facts() {
      return {
        usage,
        finishReason,
        nativeFinishReason,
        toolCalls: [...joiner.calls(), ...legacyCall.calls()].map(toRawCall),
        hasOutput,
        problem: error?.problem ?? problemOf({ finishReason, isForeign: hasPieces && !hasChoices }),
        problemStatus: error?.status ?? null,
      }
    },
  }
}

function problemOf({
  finishReason,
  isForeign,
}: {
  finishReason: string | null
  isForeign: boolean
}): string | null {
  if (finishReason === 'error') return ERROR_FINISH
  return isForeign ? NOT_A_COMPLETION : null
}

/** In a whole message every entry is a call of its own, whatever its id. */
function numbered(entries: unknown): JsonObject[] {
  return objectsOf(entries).map((entry, index) => ({ ...entry, index, id: '' }))
}

/** The input of a custom tool is free text, so it is a value and not arguments in JSON. */
function toRawCall(call: JoinedToolCall): RawToolCall {
  return call.isCustom
    ? { name: call.name, arguments: null, argumentsValue: call.arguments }
    : { name: call.name, arguments: call.arguments }
}

/** Text and lists of content, wherever providers put them; a list counts when it has an entry. */
const CONTENT_FIELDS = [
  'content',
  'reasoning',
  'reasoning_content',
  'reasoning_details',
  'refusal',
  'images',
] as const

function hasContent(delta: JsonObject): boolean {
  return CONTENT_FIELDS.some((field) => isFilled(delta[field])) || isObject(delta.audio)
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' ? value !== '' : hasEntries(value)
}

function hasEntries(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0
}
