import { expect, test, vi } from 'vitest'
import { createArrivingBody } from './arriving-body.server'

function open() {
  const connection = { pause: vi.fn(), resume: vi.fn(), abort: vi.fn() }
  return { connection, body: createArrivingBody(connection) }
}
const text = async (step: Promise<IteratorResult<Buffer>>) => {
  const { value, done } = await step
  return done ? null : String(value)
}

test('each step is all that came since the last one, in order, then the end', async () => {
  const { body } = open()
  const first = text(body.bytes.next())
  body.push(Buffer.from('a'))
  body.push(Buffer.from('b'))
  expect(await first).toBe('ab')
  body.push(Buffer.from('c'))
  body.end()
  expect([await text(body.bytes.next()), await text(body.bytes.next())]).toEqual(['c', null])
})

test('what came before a connection broke is read first', async () => {
  const { body } = open()
  body.push(Buffer.from('a'))
  body.fail(new Error('broken'))
  expect(await text(body.bytes.next())).toBe('a')
  await expect(body.bytes.next()).rejects.toThrow('broken')
})

test('a reader that waits hears that the connection broke', async () => {
  const { body } = open()
  const step = body.bytes.next()
  body.fail(new Error('broken'))
  await expect(step).rejects.toThrow('broken')
})

test('a connection whose reader is slow is held back until it reads again', async () => {
  const { connection, body } = open()
  body.push(Buffer.alloc(200_000))
  expect(connection.pause).not.toHaveBeenCalled()
  body.push(Buffer.alloc(200_000))
  body.push(Buffer.alloc(1))
  expect(connection.pause).toHaveBeenCalledTimes(1)
  expect((await body.bytes.next()).value).toHaveLength(400_001)
  expect(connection.resume).toHaveBeenCalledTimes(1)
})

test('the end of an answer that was left is read away, and its connection stays', async () => {
  vi.useFakeTimers()
  const { connection, body } = open()
  body.push(Buffer.from('data: [DONE]\n\n'))
  await body.bytes.next()
  await body.bytes.return?.()
  expect(await text(body.bytes.next())).toBeNull()
  body.push(Buffer.from('\n'))
  body.end()
  vi.advanceTimersByTime(60_000)
  expect(connection.abort).not.toHaveBeenCalled()
  vi.useRealTimers()
})

test('a left answer that does not end, or is long, ends the connection', async () => {
  vi.useFakeTimers()
  const slow = open()
  await slow.body.bytes.return?.()
  vi.advanceTimersByTime(1000)
  expect(slow.connection.abort).toHaveBeenCalledTimes(1)
  vi.useRealTimers()
  const long = open()
  await long.body.bytes.return?.()
  long.body.push(Buffer.alloc(70_000))
  expect(long.connection.abort).toHaveBeenCalledTimes(1)
  long.body.fail(new Error('aborted'))
})
