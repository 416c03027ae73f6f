import type { JsonObject } from '../../platform/json-value'
import type { ReasoningPart, StreamEvent, ToolCallEvent, Usage } from '../hub'
import type { StreamWriter, WriterOptions } from '../shape'
import { brokenStream } from './error-body'
import { chunkOf, ENCODED_DONE, encodeChunk, textChunkEncoder, withEnd } from './frame'
import { writeDetail } from './reasoning-details'
import { writeUsage } from './token-usage'
import { finishReasonFor, writeCallHead, writeImages } from './write-answer'

/**
 * Writes chat completion chunks. The finish reason, the usage, its cost and the metadata come together in the last
 * chunk before `[DONE]`. A stream of which nothing came has only that. Source: ChatCompletionChunk of OpenAI's API reference.
 */
export function createWriter({ identity }: WriterOptions): StreamWriter {
  const writing: Writing = {
    identity,
    encodeText: textChunkEncoder(identity),
    hasBegun: false,
    calls: new Set(),
    blocks: [],
    finish: null,
    usage: null,
  }
  return {
    write(events) {
      let text = ''
      for (const event of events) text += writeEvent(writing, event)
      return text
    },
    finish(end) {
      const { finish, calls, usage, hasBegun } = writing
      if (!hasBegun && finish === null) return ENCODED_DONE
      const last = chunkOf(
        identity,
        {},
        {
          finish_reason: finishReasonFor(finish?.finishReason ?? null, calls.size > 0),
          native_finish_reason: finish?.nativeFinishReason ?? null,
        },
      )
      const chunk = withEnd(last, usage === null ? null : writeUsage(usage), end)
      return `${begin(writing)}${encodeChunk(chunk)}${ENCODED_DONE}`
    },
    fail(problem, end) {
      return brokenStream(identity, problem, end)
    },
  }
}

type Writing = {
  identity: WriterOptions['identity']
  encodeText: (text: string) => string
  hasBegun: boolean
  /** Those whose head was sent. */
  calls: Set<number>
  /** The stream's numbers of reasoning parts, in order of first sight. */
  blocks: number[]
  finish: { finishReason: string | null; nativeFinishReason: string | null } | null
  usage: Usage | null
}

function writeEvent(writing: Writing, event: StreamEvent): string {
  switch (event.type) {
    case 'text':
      return event.text === '' ? '' : begin(writing) + writing.encodeText(event.text)
    case 'annotations':
      return send(writing, { annotations: event.annotations })
    case 'refusal':
      return event.text === '' ? '' : send(writing, { refusal: event.text })
    case 'reasoning':
      return send(writing, reasoningDelta(writing, event.block, event.piece))
    case 'tool_call':
      return writeCall(writing, event)
    case 'media':
      return event.part.type === 'image' ? send(writing, { images: writeImages([event.part]) }) : ''
    case 'finish':
      writing.finish = event
      return ''
    case 'usage':
      writing.usage = event.usage
      return ''
    default:
      return ''
  }
}

function begin(writing: Writing): string {
  if (writing.hasBegun) return ''
  writing.hasBegun = true
  return encodeChunk(chunkOf(writing.identity, { role: 'assistant', content: '' }))
}

function send(writing: Writing, delta: JsonObject): string {
  return begin(writing) + encodeChunk(chunkOf(writing.identity, delta))
}

function reasoningDelta({ blocks }: Writing, block: number, piece: ReasoningPart): JsonObject {
  if (!blocks.includes(block)) blocks.push(block)
  const detail = writeDetail(piece, blocks.indexOf(block))
  const hasWords = piece.kind !== 'encrypted' && piece.text !== ''
  return { ...(hasWords ? { reasoning: piece.text } : {}), reasoning_details: [detail] }
}

function writeCall(writing: Writing, event: ToolCallEvent): string {
  const { index, isCustom, argumentsPiece } = event
  if (writing.calls.has(index)) {
    if (argumentsPiece === '') return ''
    const called = isCustom
      ? { custom: { input: argumentsPiece } }
      : { function: { arguments: argumentsPiece } }
    return send(writing, { tool_calls: [{ index, ...called }] })
  }
  writing.calls.add(index)
  const { head, extra, name } = writeCallHead(event, index, writing.identity)
  const called = isCustom
    ? { custom: { name, input: argumentsPiece } }
    : { function: { name, arguments: argumentsPiece } }
  return send(writing, { tool_calls: [{ index, ...head, ...called, ...extra }] })
}
