import type { JsonObject } from '../../platform/json-value'
import { flatArguments, flatToolName } from '../flat-tools'
import type { Answer, OutputPart, ReasoningPart } from '../hub'
import type { WriterOptions } from '../shape'
import { inputFromArguments } from '../tool-arguments'
import { messageFrame, stopFields } from './frame'
import { redactedBlock, signatureFor } from './signatures'
import { writeUsage } from './token-usage'
import { answerToolUseId } from './tool-use-id'

/**
 * An answer as an Anthropic message under our own id and model name. A refusal is text, too, with the stop reason
 * `refusal`. Source: Message of Anthropic's API reference.
 */
export function writeAnswer(answer: Answer, { identity }: WriterOptions): JsonObject {
  const { parts, finishReason, usage } = answer
  const hasText = parts.some((part) => part.type === 'text' && part.text !== '')
  const refusal = parts.map((part) => (part.type === 'refusal' ? part.text : '')).join('')
  let calls = 0
  const content = parts.flatMap((part): JsonObject[] => {
    if (part.type === 'refusal') return hasText || part.text === '' ? [] : [textBlock(part.text)]
    if (part.type !== 'tool_call') return writePart(part)
    const id = answerToolUseId({ call: part, answerId: identity.id, position: calls })
    calls += 1
    const input = inputFromArguments(flatArguments(part))
    return [{ type: 'tool_use', id, name: flatToolName(part), input }]
  })
  return {
    ...messageFrame(identity),
    content,
    ...stopFields(finishReason, calls > 0, refusal),
    usage: writeUsage(usage),
  }
}

/** The beginning of a text block. */
export function textBlock(text: string): JsonObject {
  return { type: 'text', text, citations: null }
}

function writePart(part: OutputPart): JsonObject[] {
  if (part.type === 'text') return part.text === '' ? [] : [textBlock(part.text)]
  return part.type === 'reasoning' ? writeReasoning(part) : []
}

function writeReasoning(part: ReasoningPart): JsonObject[] {
  if (part.kind === 'encrypted') return [redactedBlock(part)]
  if (part.text === '' && part.signature === null) return []
  return [{ type: 'thinking', thinking: part.text, signature: signatureFor(part) }]
}
