import type { RawToolCall } from '../records/check-tool-calls'
import type { AnswerFacts } from './answer-facts'
import { flatToolName } from './flat-tools'
import type { Answer, AnswerProblem, StreamEvent, ToolCallEvent, Usage } from './hub'
import { streamFromAnswer } from './stream-from-answer'

/** What one event of a stream was. */
export type EventFacts = {
  /** It carries text, reasoning, a refusal, media or part of a tool call. */
  isToken: boolean
  isToolCall: boolean
}

/** Watches a stream's events; `facts` can be asked at any time. Never throws. */
export type Observer = {
  push: (event: StreamEvent) => EventFacts
  /** Whether a problem was seen; the facts say which. */
  hasProblem: () => boolean
  facts: () => AnswerFacts
}

/** `keepsText` = the facts hold the answer's text, which a guard may want to look at. */
export type ObserverOptions = { keepsText?: boolean }

/** An observer for a stream of any shape. The first problem counts, the last usage, and the first finish reason. */
export function createObserver({ keepsText = false }: ObserverOptions = {}): Observer {
  const seen: Seen = {
    usage: null,
    finish: null,
    calls: [],
    hasOutput: false,
    problem: null,
    isRefused: false,
    text: keepsText ? '' : null,
  }
  return {
    push(event) {
      const isToken = take(seen, event)
      if (isToken) seen.hasOutput = true
      return isToken ? (event.type === 'tool_call' ? CALL_TOKEN : TOKEN) : NO_TOKEN
    },
    hasProblem() {
      return seen.problem !== null
    },
    facts() {
      return {
        usage: seen.usage,
        finishReason: seen.finish?.finishReason ?? null,
        nativeFinishReason: seen.finish?.nativeFinishReason ?? null,
        toolCalls: seen.calls.flatMap((call) => (call === undefined ? [] : [toRawCall(call)])),
        hasOutput: seen.hasOutput,
        problem: seen.problem?.message ?? null,
        problemStatus: seen.problem?.status ?? null,
        problemCode: seen.problem?.code ?? null,
        ...(seen.isRefused ? { isRefused: true } : {}),
        ...(seen.text === null ? {} : { text: seen.text }),
      }
    },
  }
}

/** The facts of a whole answer. */
export function factsOfAnswer(answer: Answer, options?: ObserverOptions): AnswerFacts {
  const observer = createObserver(options)
  for (const event of streamFromAnswer(answer)) observer.push(event)
  return observer.facts()
}

type SeenCall = { name: string; arguments: string; isCustom: boolean }
type Seen = {
  usage: Usage | null
  finish: { finishReason: string | null; nativeFinishReason: string | null } | null
  /** By their index. */
  calls: (SeenCall | undefined)[]
  hasOutput: boolean
  problem: AnswerProblem | null
  isRefused: boolean
  text: string | null
}

const TOKEN: EventFacts = { isToken: true, isToolCall: false }
const CALL_TOKEN: EventFacts = { isToken: true, isToolCall: true }
const NO_TOKEN: EventFacts = { isToken: false, isToolCall: false }

/** Notes the event; whether it is a token. */
function take(seen: Seen, event: StreamEvent): boolean {
  switch (event.type) {
    case 'text':
      if (seen.text !== null) seen.text += event.text
      return event.text !== ''
    case 'refusal':
      seen.isRefused = true
      return event.text !== ''
    case 'reasoning':
      return event.piece.text !== ''
    case 'tool_call':
      return takeCall(seen, event)
    case 'media':
    case 'foreign':
      return true
    case 'usage':
      seen.usage = event.usage
      return false
    case 'finish':
      seen.finish ??= event
      return false
    case 'problem':
      seen.problem ??= event.problem
      return false
    default:
      return false
  }
}

function takeCall({ calls }: Seen, event: ToolCallEvent): boolean {
  const name = flatToolName(event)
  const known = calls[event.index]
  if (known === undefined) {
    calls[event.index] = { name, arguments: event.argumentsPiece, isCustom: event.isCustom }
    return true
  }
  known.name = name
  known.isCustom = event.isCustom
  known.arguments += event.argumentsPiece
  return event.argumentsPiece !== ''
}

/** The input of a custom tool is free text, so it is a value and not arguments in JSON. */
function toRawCall(call: SeenCall): RawToolCall {
  return call.isCustom
    ? { name: call.name, arguments: null, argumentsValue: call.arguments }
    : { name: call.name, arguments: call.arguments }
}
