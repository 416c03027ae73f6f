import { normalizeFinishReason } from '../../records/finish-reason'
import { FIELD_NAMES } from './dialects/registry'
import type { Attributes } from './schema'
import { cleanText, firstOf } from './span-attributes'

/**
 * Why an answer ended, in the emitter's words; null when it does not say. There is one reason per choice: a tool call in
 * any of them makes the answer one that ended by tool call.
 */
export function readFinishReason(attributes: Attributes): string | null {
  const value = firstOf(attributes, FIELD_NAMES.finishReason)
  const reasons = (Array.isArray(value) ? value : reasonsInText(value))
    .map((reason) => cleanText(reason, 100))
    .filter((reason) => reason !== null)
  const toolCalls = reasons.find((reason) => normalizeFinishReason(reason) === 'tool_calls')
  return toolCalls ?? reasons[0] ?? null
}

function reasonsInText(value: unknown): unknown[] {
  if (typeof value !== 'string' || !value.startsWith('[')) return [value]
  try {
    const parsed: unknown = JSON.parse(value)
    return Array.isArray(parsed) ? parsed : [value]
  } catch {
    return [value]
  }
}
