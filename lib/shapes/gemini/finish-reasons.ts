/**
 * Gemini's finish reasons in our words. Those that mean a broken answer are `error`; `tool_calls` is not among them,
 * since Gemini ends calls with STOP. Source: FinishReason of the Gemini API reference and of @google/genai 3.3.
 */
const MEANING: ReadonlyMap<string, string> = new Map([
  ['STOP', 'stop'],
  ['MAX_TOKENS', 'length'],
  ['CONTINUATION', 'length'],
  ['SAFETY', 'content_filter'],
  ['RECITATION', 'content_filter'],
  ['BLOCKLIST', 'content_filter'],
  ['PROHIBITED_CONTENT', 'content_filter'],
  ['SPII', 'content_filter'],
  ['LANGUAGE', 'content_filter'],
  ['IMAGE_SAFETY', 'content_filter'],
  ['IMAGE_PROHIBITED_CONTENT', 'content_filter'],
  ['IMAGE_RECITATION', 'content_filter'],
  ['MODEL_ARMOR', 'content_filter'],
  ['ESCALATION', 'content_filter'],
  ['PUP_LIMITED_DISABLED', 'content_filter'],
  ['MALFORMED_FUNCTION_CALL', 'error'],
  ['UNEXPECTED_TOOL_CALL', 'error'],
  ['TOO_MANY_TOOL_CALLS', 'error'],
  ['MISSING_THOUGHT_SIGNATURE', 'error'],
  ['MALFORMED_RESPONSE', 'error'],
  ['NO_IMAGE', 'error'],
  ['IMAGE_OTHER', 'error'],
  ['OTHER', 'error'],
  ['FINISH_REASON_UNSPECIFIED', 'stop'],
])

/** Gemini's reason in our words, put right where calls are there; a reason that is not known stays as it is. */
export function finishReasonFromGemini(reason: string, hasToolCalls: boolean): string {
  const meaning = MEANING.get(reason) ?? reason
  return meaning === 'stop' && hasToolCalls ? 'tool_calls' : meaning
}

const WRITTEN: ReadonlyMap<string, string> = new Map([
  ['stop', 'STOP'],
  ['tool_calls', 'STOP'],
  ['length', 'MAX_TOKENS'],
  ['content_filter', 'SAFETY'],
])

/** Our word as Gemini's; none is STOP, since only an answer that came to its end is written. */
export function finishReasonForGemini(reason: string | null): string {
  return reason === null ? 'STOP' : (WRITTEN.get(reason) ?? 'OTHER')
}
