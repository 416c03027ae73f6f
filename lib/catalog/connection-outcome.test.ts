import { describe, expect, test } from 'vitest'
import { type CallResult, judgeConnection, type TestCall } from './connection-outcome'

const call: TestCall = {
  apiShape: 'openai-chat',
  baseUrl: 'https://api.helios.example/v1',
  upstreamModel: 'atlas-120b',
  hasApiKey: true,
}
const chat = JSON.stringify({ choices: [{ message: { role: 'assistant', content: 'OK' } }] })
const message = JSON.stringify({
  type: 'message',
  role: 'assistant',
  content: [{ type: 'text', text: 'OK' }],
})

const answer = (httpStatus: number, body: string, contentType = 'application/json'): CallResult => ({
  kind: 'answer',
  httpStatus,
  contentType,
  body,
})
const failure = (code: string): CallResult => ({ kind: 'failure', code, message: `failed with ${code}` })
const error = (text: string) => JSON.stringify({ error: { message: text } })

describe('judgeConnection', () => {
  test.each<[string, Partial<TestCall>, CallResult, boolean, RegExp]>([
    ['a completion', {}, answer(200, chat), true, /^atlas-120b answered\.$/],
    ['an Anthropic message', { apiShape: 'anthropic-messages' }, answer(200, message), true, /answered/],
    ['the other shape', {}, answer(200, message), false, /shape Anthropic messages; choose/],
    [
      'the other shape, reversed',
      { apiShape: 'anthropic-messages' },
      answer(200, chat),
      false,
      /shape OpenAI chat completions; choose/,
    ],
    ['JSON of no shape', {}, answer(200, '{"hello":"world"}'), false, /no answer of OpenAI chat completions/],
    ['no choices', {}, answer(200, '{"choices":[]}'), false, /no answer of OpenAI chat completions/],
    ['an error inside a 200', {}, answer(200, error('overloaded')), false, /error inside: “overloaded”/],
    ['a page', {}, answer(200, '<!doctype html><p>hi', 'text/html'), false, /web page.*\/v1/],
    ['a page that claims to be JSON', {}, answer(200, ' <html>', 'application/json'), false, /web page/],
    ['plain text', {}, answer(200, 'hello', 'text/plain'), false, /not JSON \(text\/plain\)/],
    ['half a JSON', {}, answer(200, '{"choices":[', ''), false, /not JSON \(no content type\)/],
    ['an empty body', {}, answer(200, ''), false, /empty body/],
    ['a refused key', {}, answer(401, error('bad key')), false, /key was refused \(401\).*“bad key”/],
    ['a forbidden key', {}, answer(403, ''), false, /key was refused \(403\)/],
    ['a missing key', { hasApiKey: false }, answer(401, ''), false, /wants a key.*none is stored/],
    ['no money', {}, answer(402, ''), false, /payment/],
    ['an unknown model', {}, answer(404, error('no such model')), false, /not know the model atlas-120b/],
    ['an unknown path', {}, answer(404, 'Not Found', 'text/plain'), false, /nothing at this address.*\/v1/],
    ['no list of models', { upstreamModel: null }, answer(404, ''), false, /no list of models/],
    ['a rate limit', {}, answer(429, ''), false, /connection works.*429/],
    ['a refused request', {}, answer(400, error('max_tokens: bad')), false, /refused the test.*max_tokens/],
    ['a redirect', {}, answer(308, ''), false, /redirects elsewhere/],
    ['trouble there', {}, answer(503, ''), false, /trouble of its own \(503\)/],
    ['another refusal', {}, answer(418, ''), false, /refused the test request \(418\)/],
    ['nobody listens', {}, failure('ECONNREFUSED'), false, /Nothing listens at api\.helios\.example/],
    ['an unknown name', {}, failure('ENOTFOUND'), false, /was not found/],
    ['silence', {}, failure('TimeoutError'), false, /within 15 seconds/],
    ['a reset', {}, failure('ECONNRESET'), false, /closed the connection/],
    ['a certificate', {}, failure('DEPTH_ZERO_SELF_SIGNED_CERT'), false, /certificate.*NODE_EXTRA_CA_CERTS/],
    ['an expired one', {}, failure('CERT_HAS_EXPIRED'), false, /certificate/],
    ['http behind https', {}, failure('EPROTO'), false, /does not speak https/],
    ['another protocol', {}, failure('HPE_INVALID_CONSTANT'), false, /does not speak HTTP/],
    ['a refused address', {}, failure('ERR_ADDRESS_REFUSED'), false, /failed with ERR_ADDRESS_REFUSED/],
    ['anything else', {}, failure('ODD'), false, /failed: “failed with ODD”/],
  ])('%s', (_case, over, result, ok, words) => {
    const outcome = judgeConnection({ ...call, ...over }, result)
    expect(outcome.message).toMatch(words)
    expect(outcome).toMatchObject({ ok, listedModels: [] })
  })

  test('names what a provider lists when no model was asked', () => {
    const list = JSON.stringify({ object: 'list', data: [{ id: 'atlas-120b' }, { id: 'compass-8b' }] })
    expect(judgeConnection({ ...call, upstreamModel: null }, answer(200, list))).toEqual({
      ok: true,
      message: 'It answered and lists 2 models.',
      listedModels: ['atlas-120b', 'compass-8b'],
    })
    expect(judgeConnection({ ...call, upstreamModel: null }, answer(200, chat)).ok).toBe(false)
  })

  test('quotes one line of a long error', () => {
    const { message: text } = judgeConnection(call, answer(500, error(`first\n${'x'.repeat(5000)}`)))
    expect(text).not.toContain('\n')
    expect(text.length).toBeLessThan(400)
  })
})
