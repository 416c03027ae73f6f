import { type JsonObject, textOf } from '../../platform/json-value'
import type { JoinedToolCall, ToolCallPiece } from '../openai-chat/join-tool-calls'
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

/**
 * Anthropic's blocks follow each other, while chat deltas may interleave parallel calls. So one block is open at a
 * time: a call that begins while another's arguments are no whole JSON yet is held back until they are, or until the
 * end; so is text that comes after calls.
 */
export function createBlockWriter(answerId: string): BlockWriter {
  const writing: Writing = { answerId, open: 'none', index: -1, tools: [], lateText: '' }
  const { tools } = writing
  return {
    thinking: (piece) => (tools.length > 0 ? [] : writeThinking(writing, piece)),
    text: (text) => {
      if (tools.length === 0) return text === '' ? [] : writeText(writing, text)
      writing.lateText += text
      return []
    },
    whole: (block) => (tools.length > 0 ? [] : [...begin(writing, 'text', block), ...close(writing)]),
    toolCall: (piece) => {
      const tool = toolOf(writing, piece)
      tool.held += piece.argumentsPiece
      return tool.state === 'open' ? [...flush(writing, tool), ...advance(writing)] : advance(writing)
    },
    end: () => {
      const rest = tools.flatMap((tool) => finishTool(writing, tool))
      const late = writing.lateText === '' ? [] : writeText(writing, writing.lateText)
      return [...rest, ...late, ...close(writing)]
    },
  }
}

type Tool = { call: JoinedToolCall; position: number; held: string; state: 'held' | 'open' | 'closed' }
type Writing = {
  answerId: string
  open: 'none' | 'thinking' | 'text' | 'tool'
  /** Of the last block that was begun. */
  index: number
  tools: Tool[]
  lateText: string
}

function writeThinking(
  writing: Writing,
  { text, details }: { text: string; details: readonly JsonObject[] },
): JsonObject[] {
  const signature = details.map((detail) => textOf(detail.signature) ?? '').join('')
  if (text === '' && signature === '') return []
  const block = { type: 'thinking', thinking: '', signature: '' }
  return [
    ...(writing.open === 'thinking' ? [] : begin(writing, 'thinking', block)),
    ...(text === '' ? [] : [delta(writing, { type: 'thinking_delta', thinking: text })]),
    // A signature ends its block: thinking that follows has one of its own.
    ...(signature === '' ? [] : close(writing, signature)),
  ]
}

function writeText(writing: Writing, text: string): JsonObject[] {
  const block = { type: 'text', text: '', citations: null }
  return [
    ...(writing.open === 'text' ? [] : begin(writing, 'text', block)),
    delta(writing, { type: 'text_delta', text }),
  ]
}

function toolOf({ tools }: Writing, { call, position }: ToolCallPiece): Tool {
  const known = tools.find((tool) => tool.call === call)
  if (known) return known
  const tool: Tool = { call, position, held: '', state: 'held' }
  tools.push(tool)
  return tool
}

/** Opens held calls in order as far as the ones before them are complete. */
function advance(writing: Writing): JsonObject[] {
  const events: JsonObject[] = []
  for (const [position, tool] of writing.tools.entries()) {
    if (tool.state === 'closed') continue
    if (tool.state === 'held' && tool.call.name !== '') events.push(...openTool(writing, tool))
    const isLast = position === writing.tools.length - 1
    if (tool.state === 'held' || isLast || !isWholeJson(tool.call.arguments)) break
    events.push(...finishTool(writing, tool))
  }
  return events
}

function openTool(writing: Writing, tool: Tool): JsonObject[] {
  const { call, position } = tool
  const id = answerToolUseId({ id: call.id, answerId: writing.answerId, position })
  tool.state = 'open'
  const block = { type: 'tool_use', id, name: call.name, input: {} }
  return [...begin(writing, 'tool', block), ...flush(writing, tool)]
}

function finishTool(writing: Writing, tool: Tool): JsonObject[] {
  if (tool.state === 'closed') return []
  const rest = tool.state === 'held' ? openTool(writing, tool) : flush(writing, tool)
  tool.state = 'closed'
  return [...rest, ...close(writing)]
}

function flush(writing: Writing, tool: Tool): JsonObject[] {
  const partial = tool.held
  tool.held = ''
  return partial === '' ? [] : [delta(writing, { type: 'input_json_delta', partial_json: partial })]
}

function begin(writing: Writing, kind: Writing['open'], block: JsonObject): JsonObject[] {
  const before = close(writing)
  writing.open = kind
  writing.index += 1
  return [...before, { type: 'content_block_start', index: writing.index, content_block: block }]
}

function delta({ index }: Writing, fields: JsonObject): JsonObject {
  return { type: 'content_block_delta', index, delta: fields }
}

/** Ends the open block; thinking never ends without a signature. */
function close(writing: Writing, signature: string = UNSIGNED): JsonObject[] {
  const { open, index } = writing
  if (open === 'none') return []
  writing.open = 'none'
  const signed = open === 'thinking' ? [delta(writing, { type: 'signature_delta', signature })] : []
  return [...signed, { type: 'content_block_stop', index }]
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
