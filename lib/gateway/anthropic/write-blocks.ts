import { type JsonObject, textOf } from '../json-value'
import type { ToolCallPiece } from '../openai/join-tool-calls'
import { answerToolUseId } from './messages-answer-from-chat'
import { UNSIGNED } from './thinking-blocks'

/** Writes the content blocks of one message stream; each method gives the data of the events to send now. */
export type BlockWriter = {
  thinking: (piece: { text: string; details: readonly JsonObject[] }) => JsonObject[]
  text: (text: string) => JsonObject[]
  /** A block that comes in one piece. */
  whole: (block: JsonObject) => JsonObject[]
  toolCall: (piece: ToolCallPiece) => JsonObject[]
  /** Everything that was held back, and the end of the last block. */
  end: () => JsonObject[]
}

type Tool = { piece: ToolCallPiece; position: number; held: string; state: 'held' | 'open' | 'closed' }

/**
 * Anthropic's blocks follow each other, while chat deltas may interleave parallel calls. So one block is open at a
 * time: a call that begins while another's arguments are no whole JSON yet is held back until they are, or until the
 * end; so is text that comes after calls.
 */
export function createBlockWriter(answerId: string): BlockWriter {
  const tools: Tool[] = []
  let open: 'none' | 'thinking' | 'text' | 'tool' = 'none'
  let index = -1
  let lateText = ''

  const begin = (kind: typeof open, block: JsonObject): JsonObject[] => {
    const before = close()
    open = kind
    index += 1
    return [...before, { type: 'content_block_start', index, content_block: block }]
  }
  const delta = (fields: JsonObject): JsonObject => ({ type: 'content_block_delta', index, delta: fields })
  const close = (): JsonObject[] => {
    if (open === 'none') return []
    const stop = { type: 'content_block_stop', index }
    const isUnsigned = open === 'thinking'
    open = 'none'
    return isUnsigned ? [delta({ type: 'signature_delta', signature: UNSIGNED }), stop] : [stop]
  }
  const sign = (signature: string): JsonObject[] => {
    open = 'none'
    return [delta({ type: 'signature_delta', signature }), { type: 'content_block_stop', index }]
  }
  const textBlock = (text: string): JsonObject[] => [
    ...(open === 'text' ? [] : begin('text', { type: 'text', text: '', citations: null })),
    delta({ type: 'text_delta', text }),
  ]

  const openTool = (tool: Tool): JsonObject[] => {
    const { call } = tool.piece
    const id = answerToolUseId({ id: call.id, answerId, position: tool.position })
    tool.state = 'open'
    return [...begin('tool', { type: 'tool_use', id, name: call.name, input: {} }), ...flush(tool)]
  }
  const flush = (tool: Tool): JsonObject[] => {
    const partial = tool.held
    tool.held = ''
    return partial === '' ? [] : [delta({ type: 'input_json_delta', partial_json: partial })]
  }
  const closeTool = (tool: Tool): JsonObject[] => {
    tool.state = 'closed'
    return close()
  }

  /** Opens held calls in order as far as the ones before them are complete. */
  const advance = (): JsonObject[] => {
    const events: JsonObject[] = []
    for (const [position, tool] of tools.entries()) {
      if (tool.state === 'closed') continue
      if (tool.state === 'held' && tool.piece.call.name !== '') events.push(...openTool(tool))
      const isLast = position === tools.length - 1
      if (tool.state === 'held' || isLast || !isWholeJson(tool.piece.call.arguments)) break
      events.push(...closeTool(tool))
    }
    return events
  }

  return {
    thinking: ({ text, details }) => {
      if (tools.length > 0) return []
      const signature = details.map((detail) => textOf(detail.signature) ?? '').join('')
      if (text === '' && signature === '') return []
      return [
        ...(open === 'thinking' ? [] : begin('thinking', { type: 'thinking', thinking: '', signature: '' })),
        ...(text === '' ? [] : [delta({ type: 'thinking_delta', thinking: text })]),
        // A signature ends its block: thinking that follows has one of its own.
        ...(signature === '' ? [] : sign(signature)),
      ]
    },
    text: (text) => {
      if (tools.length === 0) return text === '' ? [] : textBlock(text)
      lateText += text
      return []
    },
    whole: (block) => (tools.length > 0 ? [] : [...begin('text', block), ...close()]),
    toolCall: (piece) => {
      let tool = tools.find((one) => one.piece.call === piece.call)
      if (tool === undefined) {
        tool = { piece, position: piece.position, held: '', state: 'held' }
        tools.push(tool)
      }
      tool.held += piece.argumentsPiece
      return tool.state === 'open' ? [...flush(tool), ...advance()] : advance()
    },
    end: () => {
      const rest = tools.flatMap((tool) => {
        if (tool.state === 'closed') return []
        return [...(tool.state === 'held' ? openTool(tool) : flush(tool)), ...closeTool(tool)]
      })
      const late = lateText === '' ? [] : textBlock(lateText)
      return [...rest, ...late, ...close()]
    },
  }
}

/** Whether the arguments are complete; the look at the last character spares parsing every piece. */
function isWholeJson(text: string): boolean {
  if (!/[}\]]\s*$/.test(text.slice(-16))) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
