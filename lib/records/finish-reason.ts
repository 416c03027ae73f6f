import { storableText } from './storable-text'

/** Spellings of each provider's API reference and of the GenAI semantic conventions, folded to lower snake case. */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  tool_calls: ['tool_calls', 'tool_call', 'tool_use', 'function_call', 'function_calls'],
  stop: ['stop', 'end_turn', 'stop_sequence', 'complete', 'completed', 'eos', 'eos_token', 'end_of_turn'],
  length: [
    'length',
    'max_tokens',
    'max_output_tokens',
    'max_length',
    'model_length',
    'token_limit',
    'model_context_window_exceeded',
  ],
  content_filter: [
    'content_filter',
    'content_filtered',
    'safety',
    'image_safety',
    'recitation',
    'prohibited_content',
    'blocklist',
    'spii',
    'refusal',
    'guardrail_intervened',
    'error_toxic',
  ],
  error: ['error', 'malformed_function_call'],
}

const NORMALISED = new Map(
  Object.entries(SPELLINGS).flatMap(([normalised, spellings]) =>
    spellings.map((spelling) => [spelling, normalised] as const),
  ),
)

const MAX_LENGTH = 100

/**
 * The finish reason in our words: `tool_calls`, `stop`, `length`, `content_filter`, `error`; anything else stays
 * the provider's own word, trimmed and at most 100 characters. Null and blank mean unknown and give null.
 * Our words are OpenRouter's normalised `finish_reason` (openrouter.ai/docs, API reference, overview).
 */
export function normalizeFinishReason(raw: string | null): string | null {
  if (raw === null) return null
  const direct = NORMALISED.get(raw)
  if (direct !== undefined) return direct
  const word = raw.slice(0, 2 * MAX_LENGTH).trim()
  if (word === '') return null
  const folded = word
    .toLowerCase()
    .replace(/^finish_?reason_/, '')
    .replaceAll(/[-\s]+/g, '_')
  return NORMALISED.get(folded) ?? storableText(word, MAX_LENGTH)
}
