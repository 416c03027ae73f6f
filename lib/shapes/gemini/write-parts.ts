import { type JsonObject, withoutUndefined } from '../../platform/json-value'
import { flatArguments, flatToolName } from '../flat-tools'
import type { ReasoningPart, StreamEvent, TextPart, ToolCallPart } from '../hub'
import { type BlockPart, type BlockStep, createBlockSequencer } from '../sequence-blocks'
import { inputFromArguments } from '../tool-arguments'
import { geminiFromMedia, leftOut } from './media-parts'
import { sealSignature } from './sealed-signature'

/** Writes the parts of one answer in their order; calls come whole, everything else as it comes. */
export type PartWriter = {
  push: (events: readonly StreamEvent[]) => JsonObject[]
  /** Everything that was held back. */
  end: () => JsonObject[]
  /** The text and the citations so far. */
  said: () => { text: string; annotations: TextPart['annotations'] }
}

/**
 * A writer for a client's answer. Words of reasoning are parts with `thought` where the client asked for them.
 * Gemini's signatures stand on parts as they came; reasoning of other providers, which has to come back with the next
 * request, is sealed into the signature of the part after it, which every client of the shape sends back. A call
 * without an id gets the answer's and its place.
 */
export function createPartWriter({
  answerId,
  showsThoughts,
}: {
  answerId: string
  showsThoughts: boolean
}): PartWriter {
  const writing: Writing = {
    answerId,
    showsThoughts,
    reasoning: null,
    unsealed: [],
    callCount: 0,
    text: '',
    annotations: [],
  }
  const sequencer = createBlockSequencer()
  return {
    push: (events) =>
      events.flatMap((event) => {
        if (event.type === 'foreign') return event.part.shape === 'gemini' ? [event.part.value] : []
        return sequencer.push([event]).flatMap((step) => partsOf(writing, step))
      }),
    end() {
      const parts = sequencer.end().flatMap((step) => partsOf(writing, step))
      const seal = takeSeal(writing)
      return seal === undefined ? parts : [...parts, { text: '', thoughtSignature: seal }]
    },
    said: () => ({ text: writing.text, annotations: writing.annotations }),
  }
}

type Writing = {
  answerId: string
  showsThoughts: boolean
  /** The reasoning that is open. */
  reasoning: ReasoningPart | null
  /** Reasoning of other providers that waits for a part to stand on. */
  unsealed: ReasoningPart[]
  callCount: number
  text: string
  annotations: TextPart['annotations']
}

function partsOf(writing: Writing, step: BlockStep): JsonObject[] {
  switch (step.type) {
    case 'start':
      writing.reasoning = step.part.type === 'reasoning' ? step.part : null
      return []
    case 'piece':
      return pieceOf(writing, step.kind, step.text)
    case 'annotations':
      writing.annotations = [...writing.annotations, ...step.annotations]
      return []
    case 'stop':
      return wholeOf(writing, step.part)
  }
}

function pieceOf(writing: Writing, kind: BlockPart['type'], text: string): JsonObject[] {
  if (kind === 'reasoning') {
    const isShown = writing.showsThoughts && writing.reasoning?.kind !== 'encrypted'
    return isShown ? [{ text, thought: true }] : []
  }
  if (kind !== 'text' && kind !== 'refusal') return []
  writing.text += text
  return [withoutUndefined({ text, thoughtSignature: takeSeal(writing) })]
}

function wholeOf(writing: Writing, part: BlockPart): JsonObject[] {
  switch (part.type) {
    case 'reasoning':
      if (part.format !== 'google-gemini-v1') {
        writing.unsealed.push(part)
        return []
      }
      if (part.kind === 'encrypted') return [{ text: '', thoughtSignature: part.text }]
      if (part.signature === null) return []
      return [
        withoutUndefined({
          text: '',
          thought: writing.showsThoughts || undefined,
          thoughtSignature: part.signature,
        }),
      ]
    case 'tool_call':
      return callOf(writing, part)
    case 'text':
    case 'refusal':
      return []
    default:
      return [
        withoutUndefined({
          ...(geminiFromMedia(part) ?? leftOut(part.type)),
          thoughtSignature: takeSeal(writing),
        }),
      ]
  }
}

function callOf(writing: Writing, call: ToolCallPart): JsonObject[] {
  const args = inputFromArguments(flatArguments(call))
  const id = call.id || `call_${writing.answerId}_${writing.callCount}`
  const seal = takeSeal(writing)
  const own = call.thoughtSignature ?? undefined
  writing.callCount += 1
  return [
    ...(own !== undefined && seal !== undefined ? [{ text: '', thoughtSignature: seal }] : []),
    withoutUndefined({ functionCall: { id, name: flatToolName(call), args }, thoughtSignature: own ?? seal }),
  ]
}

function takeSeal(writing: Writing): string | undefined {
  return writing.unsealed.length === 0 ? undefined : sealSignature(writing.unsealed.splice(0))
}

/** Neighbouring pieces of one text as one part; a signature stays where its text ends. */
export function joinedParts(parts: readonly JsonObject[]): JsonObject[] {
  const joined: JsonObject[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    const goesOn =
      typeof last?.text === 'string' &&
      typeof part.text === 'string' &&
      last.thought === part.thought &&
      last.thoughtSignature === undefined &&
      (part.thoughtSignature === undefined || part.text === '')
    if (goesOn) joined[joined.length - 1] = { ...last, ...part, text: `${last.text}${part.text}` }
    else joined.push(part)
  }
  return joined
}
