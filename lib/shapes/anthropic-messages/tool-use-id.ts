import { callIdFor } from '../call-id'

/**
 * An id that Anthropic accepts (letters, digits, `_` and `-`): other characters become `_` and their code, the same
 * for a call and its result. An empty id gets the fallback.
 */
export function toolUseId(id: string, fallback: string): string {
  if (id === '') return fallback
  return id.replaceAll(/[^a-zA-Z0-9_-]/gu, (character) => `_${character.codePointAt(0)?.toString(16)}`)
}

/**
 * The id under which a client gets a call, Gemini's thought signature within it; calls without an id are numbered under
 * the answer's.
 */
export function answerToolUseId({
  call,
  answerId,
  position,
}: {
  call: { id: string; thoughtSignature: string | null }
  answerId: string
  position: number
}): string {
  const id = toolUseId(call.id, toolUseId(`toolu_${answerId}_${position}`, 'toolu_0'))
  return callIdFor({ id, thoughtSignature: call.thoughtSignature })
}
