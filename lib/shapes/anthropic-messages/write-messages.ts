import { type JsonObject, objectsOf } from '../../platform/json-value'
import { flatArguments, flatToolName } from '../flat-tools'
import type { InputPart, Message, OutputPart, ToolCallPart } from '../hub'
import { leftOutNote } from '../media-source'
import { inputFromArguments } from '../tool-arguments'
import { ownBlocks } from './signatures'
import { toolUseId } from './tool-use-id'
import { isBlank, plainContent, writeBlocks } from './write-content'

export type Conversation = { system: string | JsonObject[] | undefined; messages: JsonObject[] }

/**
 * Messages for an Anthropic provider. System and developer messages, wherever they stand, become `system` in their
 * order. Results of tools that follow each other go into one user message, and what the user says right after them too,
 * since Anthropic wants the results first in the turn after the calls. Thinking goes along only with Anthropic's
 * signature; messages that have nothing to say are left out. Anthropic wants a message, so a prompt of system messages
 * alone is the user's.
 */
export function writeMessages(given: readonly Message[]): Conversation {
  const system: JsonObject[] = []
  const messages: JsonObject[] = []
  let results: JsonObject[] | null = null
  for (const message of given) {
    switch (message.role) {
      case 'system':
      case 'developer':
        system.push(...writeBlocks(message.parts))
        break
      case 'tool':
        if (results === null) {
          results = []
          messages.push({ role: 'user', content: results })
        }
        results.push(toolResult(message))
        break
      case 'assistant': {
        results = null
        const content = assistantBlocks(message.parts)
        if (content.length > 0) messages.push({ role: 'assistant', content: plainContent(content) })
        break
      }
      case 'user': {
        const content = writeBlocks(message.parts)
        if (results !== null) results.push(...content)
        else if (content.length > 0) messages.push({ role: 'user', content: plainContent(content) })
        results = null
      }
    }
  }
  trimBeginning(messages.at(-1))
  if (messages.length === 0 && system.length > 0) {
    return { system: undefined, messages: [{ role: 'user', content: plainContent(system) }] }
  }
  return { system: system.length === 0 ? undefined : plainContent(system), messages }
}

/** Where the last word is the assistant's, the answer goes on with it; Anthropic refuses white space at its end. */
function trimBeginning(last: JsonObject | undefined): void {
  if (last?.role !== 'assistant') return
  if (typeof last.content === 'string') last.content = last.content.trimEnd()
  const block = objectsOf(last.content).at(-1)
  if (block !== undefined && typeof block.text === 'string') block.text = block.text.trimEnd()
}

function toolResult({
  callId,
  parts,
  isError,
  cacheControl,
}: Extract<Message, { role: 'tool' }>): JsonObject {
  const content = plainContent(writeBlocks(parts))
  return {
    type: 'tool_result',
    tool_use_id: toolUseId(callId, 'call_0'),
    ...(content === '' ? {} : { content }),
    ...(isError ? { is_error: true } : {}),
    ...(cacheControl === null ? {} : { cache_control: cacheControl }),
  }
}

/** Thinking has to come first, calls last. */
function assistantBlocks(parts: readonly OutputPart[]): JsonObject[] {
  const thinking = parts.flatMap((part): JsonObject[] => (part.type === 'reasoning' ? ownBlocks(part) : []))
  const said = writeBlocks(parts.flatMap(saidPart))
  const calls = parts.filter((part): part is ToolCallPart => part.type === 'tool_call').map(toolUse)
  return [...thinking, ...said.filter((block) => !isBlank(block)), ...calls]
}

function saidPart(part: OutputPart): InputPart[] {
  switch (part.type) {
    case 'text':
      return [part]
    case 'refusal':
      return [{ type: 'text', text: part.text, cacheControl: null, annotations: [] }]
    case 'reasoning':
    case 'tool_call':
    case 'foreign':
      return []
    default:
      // Anthropic takes no pictures from the assistant.
      return [{ type: 'text', text: leftOutNote(part.type), cacheControl: null, annotations: [] }]
  }
}

function toolUse(call: ToolCallPart): JsonObject {
  const input = inputFromArguments(flatArguments(call))
  return { type: 'tool_use', id: toolUseId(call.id, 'call_0'), name: flatToolName(call), input }
}
