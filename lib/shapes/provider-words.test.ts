import { expect, test } from 'vitest'
import { providerWords } from './provider-words'

const WHY = 'it does not like this'

test.each<[string, unknown]>([
  ['OpenAI', { error: { message: WHY, type: 'invalid_request_error' } }],
  ['Anthropic', { type: 'error', error: { type: 'invalid_request_error', message: WHY } }],
  ['Gemini, in a list', [{ error: { code: 400, message: WHY, status: 'INVALID_ARGUMENT' } }]],
  ['Cloudflare', { success: false, errors: [{ code: 5007, message: WHY }] }],
  ['Mistral', { object: 'error', message: { detail: [{ msg: WHY }] } }],
  ['a code and a msg', { code: 400, msg: WHY }],
  ['JSON within the message', { error: { message: JSON.stringify({ error: { message: WHY } }) } }],
  ['a bare error', { error: WHY }],
  ['AWS', { __type: 'ValidationException', Message: WHY }],
  ['RFC 9457', { type: 'about:blank', title: WHY, status: 400 }],
  ['OpenRouter', { error: { code: 400, message: 'Provider returned error', metadata: { raw: WHY } } }],
  [
    'OpenRouter, JSON within',
    { error: { message: 'Provider returned error', metadata: { raw: `{"error":{"message":"${WHY}"}}` } } },
  ],
  ['an envelope', { data: null, error: { error: { message: WHY } } }],
])('reads what %s says', (_, body) => {
  expect(providerWords(JSON.stringify(body)).message).toBe(WHY)
})

test('reads plain text, and nothing from a web page or an empty body', () => {
  expect(providerWords(` ${WHY}\n`).message).toBe(WHY)
  expect(providerWords('<!doctype html><p>Bad gateway').message).toBeNull()
  expect(providerWords('').message).toBeNull()
  expect(providerWords('{"ok":false}').message).toBeNull()
})

test('says where FastAPI finds mistakes, and each of them', () => {
  const detail = [
    { type: 'extra_forbidden', loc: ['body', 'store'], msg: 'Extra inputs are not permitted' },
    { type: 'missing', loc: ['body', 'model'], msg: 'Field required' },
  ]
  expect(providerWords(JSON.stringify({ detail })).message).toBe(
    'body.store: Extra inputs are not permitted; body.model: Field required',
  )
})

test.each<[string | null, unknown]>([
  ['context_length_exceeded', { error: { message: 'too long', code: 'context_length_exceeded' } }],
  ['content_filter', { error: { message: 'no', code: 'content_filter', status: 400 } }],
  ['unsupported_parameter', [{ error: { message: 'no', code: 'unsupported_parameter' } }]],
  [null, { error: { message: 'no', code: 400 } }],
  [null, { error: { message: 'no', code: '3280' } }],
  ['context_length_exceeded', { error: { message: 'prompt is too long: 210000 tokens > 200000 maximum' } }],
  [
    'context_length_exceeded',
    {
      error: { message: "This model's maximum context length is 8192 tokens. However, you requested 9000." },
    },
  ],
  [
    'context_length_exceeded',
    [{ error: { message: 'The input token count (1200000) exceeds the maximum number of tokens allowed' } }],
  ],
])('knows the code %s', (code, body) => {
  expect(providerWords(JSON.stringify(body)).code).toBe(code)
})

test('keeps long words short and deep ones out', () => {
  expect(providerWords('x'.repeat(2000)).message).toHaveLength(501)
  let deep: unknown = WHY
  for (let depth = 0; depth < 50; depth += 1) deep = { error: deep }
  expect(providerWords(JSON.stringify(deep)).message).toBeNull()
})
