import { type CustomInputReader, createCustomInputReader, customInputOf } from './custom-input'
import { flatToolName } from './flat-tools'
import type { Answer, OutputPart, StreamEvent, Tool, ToolCallEvent } from './hub'
import type { StreamReader } from './shape'

type Origin = { name: string; namespace: string | null; isCustom: boolean }

/** Gives calls back the tools that the client knows. */
export type ToolRestorer = {
  answer: (answer: Answer) => Answer
  /** The same of what a reader of one stream says. */
  reader: (reader: StreamReader) => StreamReader
}
type StreamRestorer = {
  push: (events: readonly StreamEvent[]) => StreamEvent[]
  /** What was held back, for a stream that ended without saying so. */
  end: () => StreamEvent[]
}

/**
 * Where a provider's shape has neither namespaces nor custom tools, they went there as functions (flat-tools.ts); its
 * calls come back under their own names, a custom tool's as free text. Null when the request has no such tools, so that
 * nothing needs to be looked at.
 */
export function createToolRestorer(tools: readonly Tool[]): ToolRestorer | null {
  const origins = new Map<string, Origin>()
  for (const tool of tools) {
    if (tool.type === 'built_in') continue
    const isCustom = tool.type === 'custom'
    if (isCustom || tool.namespace !== null) {
      origins.set(flatToolName(tool), { name: tool.name, namespace: tool.namespace, isCustom })
    }
  }
  if (origins.size === 0) return null
  return {
    answer: (answer) => ({ ...answer, parts: answer.parts.map((part) => restorePart(part, origins)) }),
    reader(reader) {
      const stream = createStreamRestorer(origins)
      return {
        push: (piece) => stream.push(reader.push(piece)),
        end: () => [...stream.push(reader.end()), ...stream.end()],
      }
    },
  }
}

function restorePart(part: OutputPart, origins: ReadonlyMap<string, Origin>): OutputPart {
  if (part.type !== 'tool_call' || part.isCustom || part.namespace !== null) return part
  const origin = origins.get(part.name)
  if (origin === undefined) return part
  return { ...part, ...origin, arguments: origin.isCustom ? customInputOf(part.arguments) : part.arguments }
}

function createStreamRestorer(origins: ReadonlyMap<string, Origin>): StreamRestorer {
  const calls = new Map<number, StreamedCall>()
  const rest = () => [...calls.values()].flatMap((call) => endCall(call))
  return {
    push: (events) =>
      events.flatMap((event): StreamEvent[] => {
        if (event.type === 'tool_call') return restoreEvent(event, calls, origins)
        return ENDS.has(event.type) ? [...rest(), event] : [event]
      }),
    end: rest,
  }
}

const ENDS: ReadonlySet<StreamEvent['type']> = new Set(['finish', 'problem', 'done'])

/** `input` reads the text of a custom tool; null for other calls, and `held` is what came before the name was known. */
type StreamedCall = { last: ToolCallEvent; input: CustomInputReader | null; held: string; isNamed: boolean }

function restoreEvent(
  event: ToolCallEvent,
  calls: Map<number, StreamedCall>,
  origins: ReadonlyMap<string, Origin>,
): StreamEvent[] {
  const call = calls.get(event.index) ?? { last: event, input: null, held: '', isNamed: false }
  calls.set(event.index, call)
  if (event.name === '') {
    call.held += event.argumentsPiece
    call.last = { ...event, argumentsPiece: '' }
    return [call.last]
  }
  const origin = event.isCustom || event.namespace !== null ? undefined : origins.get(event.name)
  if (!call.isNamed && origin?.isCustom === true) call.input = createCustomInputReader()
  call.isNamed = true
  const piece = call.held + event.argumentsPiece
  call.held = ''
  const argumentsPiece = call.input === null ? piece : call.input.push(piece)
  const restored: ToolCallEvent = { ...event, ...origin, argumentsPiece }
  call.last = restored
  if (event.isLast !== true || call.input === null) return [restored]
  const { isLast: _last, ...open } = restored
  return [open, { ...restored, argumentsPiece: call.input.end() }]
}

function endCall(call: StreamedCall): StreamEvent[] {
  const argumentsPiece = call.held + (call.input?.end() ?? '')
  call.held = ''
  return argumentsPiece === '' ? [] : [{ ...call.last, argumentsPiece }]
}
