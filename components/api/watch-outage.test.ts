import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AppError, type ErrorCode } from '@/lib/platform/errors'
import { ASK_EVERY_MS, watchOutage } from './watch-outage'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function setUp(code: ErrorCode) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } })
  let isWell = false
  const isWellAsked = vi.fn(async () => isWell)
  const fetched = vi.fn(async () => {
    if (isWell) return 'numbers'
    throw new AppError(code, 'x')
  })
  const end = watchOutage({ client, isWell: isWellAsked })
  const leave = new QueryObserver(client, { queryKey: ['panel'], queryFn: fetched }).subscribe(() => {})
  return {
    client,
    isWellAsked,
    fetched,
    end,
    leave,
    recover: () => {
      isWell = true
    },
  }
}

test('fetches again what failed once the server is well, and then asks no more', async () => {
  const { client, isWellAsked, fetched, recover } = setUp('unavailable')
  await vi.advanceTimersByTimeAsync(3 * ASK_EVERY_MS)
  expect(fetched).toHaveBeenCalledTimes(1)
  expect(isWellAsked).toHaveBeenCalledTimes(3)
  recover()
  await vi.advanceTimersByTimeAsync(ASK_EVERY_MS)
  expect(client.getQueryData(['panel'])).toBe('numbers')
  isWellAsked.mockClear()
  await vi.advanceTimersByTimeAsync(5 * ASK_EVERY_MS)
  expect(isWellAsked).not.toHaveBeenCalled()
  expect(fetched).toHaveBeenCalledTimes(2)
})

test.each<ErrorCode>(['internal', 'not_found', 'unauthorized'])(
  'leaves %s alone, as waiting does not mend it',
  async (code) => {
    const { isWellAsked, fetched } = setUp(code)
    await vi.advanceTimersByTimeAsync(5 * ASK_EVERY_MS)
    expect(isWellAsked).not.toHaveBeenCalled()
    expect(fetched).toHaveBeenCalledTimes(1)
  },
)

test('does not ask for a page that was left, nor after its end', async () => {
  const left = setUp('unavailable')
  await vi.advanceTimersByTimeAsync(ASK_EVERY_MS / 2)
  left.leave()
  await vi.advanceTimersByTimeAsync(5 * ASK_EVERY_MS)
  expect(left.isWellAsked).not.toHaveBeenCalled()
  const ended = setUp('unavailable')
  await vi.advanceTimersByTimeAsync(ASK_EVERY_MS / 2)
  ended.end()
  await vi.advanceTimersByTimeAsync(5 * ASK_EVERY_MS)
  expect(ended.isWellAsked).not.toHaveBeenCalled()
})
