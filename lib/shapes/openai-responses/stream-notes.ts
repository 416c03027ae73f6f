import type { JsonObject } from '../../platform/json-value'
import type { ReasoningPart, StreamEvent, ToolCallEvent, ToolCallPart } from '../hub'
import { RESPONSES_REASONING } from './item-name'
import { annotationFromItem } from './text-annotations'

/** Where in the output something stands: the item's place, and the place of its part within it. */
export type Place = { output: number; part: number }
/** What came now, or all there is of it. */
export type Said = { text: string } | { whole: string }

/** Keeps what has come of one stream, and says in the hub's words what is new. */
export type StreamNotes = {
  /** The item's id when it begins; later events may carry others. */
  item: (output: number, id: string | null) => void
  text: (said: Said & { kind: 'text' | 'refusal'; at: Place }) => void
  annotation: (at: Place, annotation: JsonObject) => void
  wholeAnnotations: (at: Place, annotations: readonly JsonObject[]) => void
  reasoning: (said: Said & { kind: ReasoningPart['kind']; at: Place }) => void
  /** A call begins; what its item holds of its arguments by then comes again in pieces. */
  call: (output: number, part: ToolCallPart) => void
  arguments: (output: number, said: Said) => void
  /** The call as it is when nothing more comes for it. */
  wholeCall: (output: number, part: ToolCallPart) => void
  say: (event: StreamEvent) => void
  hasContent: () => boolean
  hasCalls: () => boolean
  /** What is new since the last time. */
  events: () => StreamEvent[]
}

/**
 * Notes for one stream. Everything is known by its place, since some providers give an item another id in each event;
 * a call that begins at the place of another is a new one, since some number no items at all.
 */
export function createStreamNotes(): StreamNotes {
  const noted: Noted = {
    ids: new Map(),
    begun: new Set(),
    annotationCounts: new Map(),
    blocks: new Map(),
    calls: new Map(),
    callCount: 0,
    hasContent: false,
    found: [],
  }
  return {
    item(output, id) {
      if (id !== null && !noted.ids.has(output)) noted.ids.set(output, id)
    },
    text({ kind, at, ...said }) {
      const text = fresh(noted, keyOf(kind, at), said)
      if (text !== '') say(noted, { type: kind, text })
    },
    annotation: (at, annotation) => annotate(noted, at, [annotation]),
    wholeAnnotations(at, annotations) {
      annotate(noted, at, annotations.slice(noted.annotationCounts.get(keyOf('text', at)) ?? 0))
    },
    reasoning: (said) => reason(noted, said),
    call: (output, part) => {
      const known = noted.calls.get(output)
      if (known === undefined || known.id !== part.id) beginCall(noted, output, part)
    },
    arguments: (output, said) => continueCall(noted, output, said),
    wholeCall(output, part) {
      const known = noted.calls.get(output)
      if (known === undefined || (known.id !== '' && known.id !== part.id)) beginCall(noted, output, part)
      else Object.assign(known, { id: part.id, name: part.name })
      continueCall(noted, output, { whole: part.arguments }, true)
    },
    say: (event) => say(noted, event),
    hasContent: () => noted.hasContent,
    hasCalls: () => noted.callCount > 0,
    events() {
      const { found } = noted
      noted.found = []
      return found
    },
  }
}

type Noted = {
  ids: Map<number, string>
  /** The places of texts of which something has come. */
  begun: Set<string>
  annotationCounts: Map<string, number>
  /** The hub's numbers of reasoning parts. */
  blocks: Map<string, number>
  calls: Map<number, NotedCall>
  callCount: number
  hasContent: boolean
  found: StreamEvent[]
}
type NotedCall = Omit<ToolCallEvent, 'argumentsPiece' | 'isLast'>

const NO_CONTENT: ReadonlySet<StreamEvent['type']> = new Set(['usage', 'finish', 'problem', 'done'])

function say(noted: Noted, event: StreamEvent): void {
  if (!NO_CONTENT.has(event.type)) noted.hasContent = true
  noted.found.push(event)
}

/**
 * What of a text has not been seen yet: a text that came in pieces has come when it is done. That something has come is
 * all that is kept, so that pieces which are read in a frame (framed-reader.ts) need not be shown here.
 */
function fresh({ begun }: Noted, key: string, said: Said): string {
  const text = 'text' in said ? said.text : begun.has(key) ? '' : said.whole
  if (text !== '') begun.add(key)
  return text
}

function keyOf(kind: string, { output, part }: Place): string {
  return `${kind} ${output} ${part}`
}

function annotate(noted: Noted, at: Place, annotations: readonly JsonObject[]): void {
  if (annotations.length === 0) return
  const key = keyOf('text', at)
  noted.annotationCounts.set(key, (noted.annotationCounts.get(key) ?? 0) + annotations.length)
  say(noted, { type: 'annotations', annotations: annotations.map(annotationFromItem) })
}

function reason(
  noted: Noted,
  { kind, at, ...said }: Said & { kind: ReasoningPart['kind']; at: Place },
): void {
  const key = keyOf(kind, at)
  const text = fresh(noted, key, said)
  if (text === '') return
  const block = noted.blocks.get(key) ?? noted.blocks.size
  noted.blocks.set(key, block)
  const id = noted.ids.get(at.output) ?? null
  say(noted, {
    type: 'reasoning',
    block,
    piece: { type: 'reasoning', kind, text, signature: null, id, format: RESPONSES_REASONING },
  })
}

function beginCall(noted: Noted, output: number, part: ToolCallPart): void {
  const { id, name, isCustom, namespace, thoughtSignature } = part
  const index = noted.callCount
  noted.callCount += 1
  noted.calls.set(output, { type: 'tool_call', index, id, name, isCustom, namespace, thoughtSignature })
  noted.begun.delete(callKey(output))
  sayCall(noted, output, '', false)
}

function continueCall(noted: Noted, output: number, said: Said, isLast = false): void {
  if (!noted.calls.has(output)) beginCall(noted, output, NAMELESS)
  const argumentsPiece = fresh(noted, callKey(output), said)
  if (argumentsPiece !== '' || isLast) sayCall(noted, output, argumentsPiece, isLast)
}

/** A call whose pieces come before the item that names it. */
const NAMELESS: ToolCallPart = {
  type: 'tool_call',
  id: '',
  name: '',
  arguments: '',
  isCustom: false,
  namespace: null,
  thoughtSignature: null,
}

function sayCall(noted: Noted, output: number, argumentsPiece: string, isLast: boolean): void {
  const call = noted.calls.get(output)
  if (call !== undefined) say(noted, { ...call, argumentsPiece, ...(isLast ? { isLast: true } : {}) })
}

function callKey(output: number): string {
  return `call ${output}`
}
