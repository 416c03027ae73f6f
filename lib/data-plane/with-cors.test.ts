import { expect, test } from 'vitest'
import { withCors } from './with-cors'

const answer = () => Response.json({ ok: true }, { status: 201, headers: { 'x-request-id': 'gen-1' } })
const from = (origin: string, init: RequestInit = {}) =>
  new Request('http://gateway.test/api/v1/models', { ...init, headers: { origin, ...init.headers } })
const PREFLIGHT = {
  method: 'OPTIONS',
  headers: {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,x-stainless-os',
  },
}

test.each<[string, string[], string | null]>([
  ['http://chat.example', ['*'], '*'],
  ['http://chat.example', ['http://chat.example'], 'http://chat.example'],
  ['http://evil.example', ['http://chat.example'], null],
  ['http://chat.example', ['none'], null],
])('%s at %j is allowed as %s', async (origin, origins, allowed) => {
  const fetch = withCors(answer, origins)
  const preflight = await fetch(from(origin, PREFLIGHT))
  expect(preflight.headers.get('access-control-allow-origin')).toBe(allowed)
  expect(preflight.headers.get('access-control-allow-headers')).toBe(
    allowed === null ? null : 'authorization,x-stainless-os',
  )
  expect(preflight.headers.get('access-control-allow-credentials')).toBeNull()
  const response = await fetch(from(origin))
  expect(response.status).toBe(201)
  expect(response.headers.get('access-control-allow-origin')).toBe(allowed)
  expect(response.headers.get('x-request-id')).toBe('gen-1')
  expect(await response.json()).toEqual({ ok: true })
})

test('a request of no page is handed on as it is', () => {
  const response = answer()
  expect(withCors(() => response, ['*'])(new Request('http://gateway.test/'))).toBe(response)
})
