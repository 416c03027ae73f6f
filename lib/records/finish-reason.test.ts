import { describe, expect, test } from 'vitest'
import { normalizeFinishReason } from './finish-reason'

describe('normalizeFinishReason', () => {
  test.each([
    ['tool_calls', 'tool_calls'],
    ['tool_call', 'tool_calls'],
    ['tool-calls', 'tool_calls'],
    ['tool_use', 'tool_calls'],
    ['function_call', 'tool_calls'],
    ['TOOL_CALL', 'tool_calls'],
    ['stop', 'stop'],
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['COMPLETE', 'stop'],
    ['FINISH_REASON_STOP', 'stop'],
    ['length', 'length'],
    ['max_tokens', 'length'],
    ['MAX_TOKENS', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['content_filter', 'content_filter'],
    ['content-filter', 'content_filter'],
    ['SAFETY', 'content_filter'],
    ['refusal', 'content_filter'],
    ['error', 'error'],
    ['MALFORMED_FUNCTION_CALL', 'error'],
  ])('%s means %s', (raw, normalised) => {
    expect(normalizeFinishReason(raw)).toBe(normalised)
  })

  test.each(['pause_turn', 'OTHER', 'constructor', '__proto__'])(
    "keeps the provider's own word %s",
    (raw) => {
      expect(normalizeFinishReason(raw)).toBe(raw)
    },
  )

  test.each([null, '', '  '])('takes %j for unknown', (raw) => {
    expect(normalizeFinishReason(raw)).toBeNull()
  })

  test('cuts a word that is no word', () => {
    expect(normalizeFinishReason('x'.repeat(10_000_000))).toHaveLength(100)
  })
})
