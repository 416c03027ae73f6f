import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Agent, request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { guardedConnector, guardedLookup, refusalOfHost } from './guarded-lookup.server'

let server: Server
let port: number
let calls = 0

beforeAll(async () => {
  server = createServer((_request, response) => {
    calls += 1
    response.end('inside')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})

afterAll(() => {
  server.close()
})

async function fetchThrough(url: string, allowPrivate: boolean): Promise<string> {
  const dispatcher = new Agent({ connect: guardedConnector({ allowPrivate, connectTimeoutMs: 2000 }) })
  try {
    const { body } = await request(url, { dispatcher })
    return await body.text()
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  } finally {
    await dispatcher.destroy()
  }
}

test.each(['localhost', '127.0.0.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]'])(
  'a connection to %s is made only where private networks are allowed',
  async (host) => {
    const before = calls
    expect(await fetchThrough(`http://${host}:${port}/`, false)).toBe('ERR_ADDRESS_REFUSED')
    expect(calls).toBe(before)
    expect(await fetchThrough(`http://${host}:${port}/`, true)).toBe('inside')
  },
)

test.each(['169.254.169.254', '[fe80::1]', '[fd00:ec2::254]', '0.0.0.0', 'metadata.google.internal'])(
  'a connection to %s is never made',
  async (host) => {
    expect(await fetchThrough(`http://${host}:${port}/`, true)).toBe('ERR_ADDRESS_REFUSED')
    expect(refusalOfHost(new URL(`http://${host}`).hostname, { allowPrivate: true })).toBeInstanceOf(Error)
  },
)

test('a lookup answers in both forms that net.connect asks for', async () => {
  const lookup = guardedLookup({ allowPrivate: true })
  const single = await new Promise((resolve) =>
    lookup('localhost', { family: 4 }, (_error, address, family) => resolve([address, family])),
  )
  expect(single).toEqual(['127.0.0.1', 4])
  const all = await new Promise((resolve) =>
    lookup('localhost', { all: true, family: 4 }, (_error, addresses) => resolve(addresses)),
  )
  expect(all).toEqual([{ address: '127.0.0.1', family: 4 }])
})

test('a name that leads elsewhere later leads no further than it may', async () => {
  const answers = [['8.8.8.8', '10.0.0.1'], ['169.254.169.254'], ['127.0.0.1'], []]
  const lookup = guardedLookup({
    allowPrivate: false,
    resolve: (_hostname, _options, callback) => {
      const addresses = answers.shift() ?? []
      callback(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      )
    },
  })
  const ask = () =>
    new Promise((resolve) =>
      lookup('rebound.example', { all: true }, (error, addresses) => resolve(error?.code ?? addresses)),
    )
  expect(await ask()).toEqual([{ address: '8.8.8.8', family: 4 }])
  expect(await ask()).toBe('ERR_ADDRESS_REFUSED')
  expect(await ask()).toBe('ERR_ADDRESS_REFUSED')
  expect(await ask()).toBe('ERR_ADDRESS_REFUSED')
})

test('a name that does not resolve fails as it would without a guard', async () => {
  expect(await fetchThrough('http://no-such-host.invalid/', true)).toMatch(/ENOTFOUND|EAI_AGAIN/)
})
