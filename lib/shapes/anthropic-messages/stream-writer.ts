import type { JsonObject } from '../../platform/json-value'
import { flatToolName } from '../flat-tools'
import type { StreamEvent, Usage } from '../hub'
import { type BlockPart, type BlockSequencer, type BlockStep, createBlockSequencer } from '../sequence-blocks'
import type { StreamWriter, WriterOptions } from '../shape'
import { errorBody } from './error-body'
import { encodeDelta, encodeEvent, messageFrame, stopFields, withEnd, withIdentity } from './frame'
import { redactedBlock, signatureFor } from './signatures'
import { writeUsage } from './token-usage'
import { answerToolUseId } from './tool-use-id'
import { textBlock } from './write-answer'

/**
 * Writes an Anthropic message stream: `message_start`, the blocks one after the other, `message_delta` with stop reason
 * and usage, `message_stop`. Only the last two know the prompt's tokens; `message_start` has the estimate, since agents
 * compute their context meter from it. A stream of which nothing came has no message either. Source: streaming messages
 * of Anthropic's documentation.
 */
export function createWriter(options: WriterOptions): StreamWriter {
  const writing: Writing = {
    options,
    sequencer: createBlockSequencer(),
    hasBegun: false,
    calls: 0,
    openPart: null,
    refusal: '',
    finishReason: null,
    usage: null,
  }
  return {
    write(events) {
      for (const event of events) note(writing, event)
      const begun = events.some(isAnswer) ? begin(writing) : ''
      return begun + encodeSteps(writing, writing.sequencer.push(events))
    },
    finish(end) {
      if (!writing.hasBegun) return ''
      const blocks = encodeSteps(writing, writing.sequencer.end())
      const { finishReason, calls, refusal, usage } = writing
      const delta = stopFields(finishReason, calls > 0, refusal)
      const last = withEnd({ type: 'message_delta', delta, usage: writeUsage(usage) }, end)
      return blocks + encodeEvent(last) + encodeEvent({ type: 'message_stop' })
    },
    fail(problem, { metadata }) {
      return encodeEvent(errorBody(problem, metadata))
    },
  }
}

type Writing = {
  options: WriterOptions
  sequencer: BlockSequencer
  hasBegun: boolean
  /** That were begun. */
  calls: number
  openPart: BlockPart | null
  refusal: string
  finishReason: string | null
  usage: Usage | null
}

function isAnswer({ type }: StreamEvent): boolean {
  return type !== 'usage' && type !== 'problem' && type !== 'done'
}

function note(writing: Writing, event: StreamEvent): void {
  if (event.type === 'refusal') writing.refusal += event.text
  else if (event.type === 'finish') writing.finishReason = event.finishReason
  else if (event.type === 'usage') writing.usage = event.usage
}

function begin(writing: Writing): string {
  if (writing.hasBegun) return ''
  writing.hasBegun = true
  const { identity, promptTokens } = writing.options
  const usage = { ...writeUsage(null), input_tokens: promptTokens ?? 0 }
  const message = { ...messageFrame(identity), usage }
  return encodeEvent(withIdentity({ type: 'message_start', message }, identity))
}

function encodeSteps(writing: Writing, steps: readonly BlockStep[]): string {
  let text = ''
  for (const step of steps) text += encodeStep(writing, step)
  return text
}

function encodeStep(writing: Writing, step: BlockStep): string {
  const { position: index } = step
  switch (step.type) {
    case 'start': {
      writing.openPart = step.part
      const block = startOf(writing, step.part)
      if (block === null) return ''
      const begun = encodeEvent({ type: 'content_block_start', index, content_block: block })
      // A custom tool's free text is an object with one text here.
      return isCustom(step.part) ? begun + jsonDelta(index, '{"input":"') : begun
    }
    case 'piece':
      return pieceOf(writing, step)
    case 'stop':
      return endOf(step.part, index)
    default:
      return ''
  }
}

/** The block as it begins; null for one that is written when it ends. */
function startOf(writing: Writing, part: BlockPart): JsonObject | null {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return textBlock('')
    case 'reasoning':
      return isEncrypted(part) ? null : { type: 'thinking', thinking: '', signature: '' }
    case 'tool_call': {
      const { id: answerId } = writing.options.identity
      const id = answerToolUseId({ call: part, answerId, position: writing.calls })
      writing.calls += 1
      return { type: 'tool_use', id, name: flatToolName(part), input: {} }
    }
    default:
      return null
  }
}

function pieceOf({ openPart }: Writing, step: Extract<BlockStep, { type: 'piece' }>): string {
  const { kind, position: index, text } = step
  switch (kind) {
    case 'text':
    case 'refusal':
      return encodeDelta(index, 'text_delta', 'text', text)
    case 'tool_call':
      return jsonDelta(index, isCustom(openPart) ? inJson(text) : text)
    case 'reasoning':
      return isEncrypted(openPart) ? '' : encodeDelta(index, 'thinking_delta', 'thinking', text)
    default:
      return ''
  }
}

function isCustom(part: BlockPart | null): boolean {
  return part?.type === 'tool_call' && part.isCustom
}

function isEncrypted(part: BlockPart | null): boolean {
  return part?.type === 'reasoning' && part.kind === 'encrypted'
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

function jsonDelta(index: number, partial: string): string {
  return encodeDelta(index, 'input_json_delta', 'partial_json', partial)
}

/** Thinking never ends without a signature. */
function endOf(part: BlockPart, index: number): string {
  const stop = encodeEvent({ type: 'content_block_stop', index })
  switch (part.type) {
    case 'reasoning':
      return isEncrypted(part)
        ? encodeEvent({ type: 'content_block_start', index, content_block: redactedBlock(part) }) + stop
        : encodeDelta(index, 'signature_delta', 'signature', signatureFor(part)) + stop
    case 'tool_call':
      return isCustom(part) ? jsonDelta(index, '"}') + stop : stop
    case 'text':
    case 'refusal':
      return stop
    default:
      return ''
  }
}
