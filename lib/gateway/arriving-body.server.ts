import type { Dispatcher } from 'undici'

/** The body of an answer on its way: what came waits here for whoever reads it. */
export type ArrivingBody = {
  /** Each step is all that came since the last one. Rejects when the connection breaks or the call is ended. */
  bytes: AsyncIterableIterator<Buffer>
  push: (chunk: Buffer) => void
  end: () => void
  fail: (error: Error) => void
}

/** What may wait before the connection is held back. */
const MOST_WAITING_BYTES = 256 * 1024
/** How long, and how much of it, the rest of an answer is read away that nobody wants. */
const LEAVE_MS = 1000
const LEAVE_BYTES = 64 * 1024
const LEFT = new Error('The rest of the answer was not wanted.')
const OVER: IteratorReturnResult<undefined> = { value: undefined, done: true }

/**
 * Makes the body of a call. A reader that leaves early, since its shape says that the answer is over, does not end the
 * connection: the rest, nearly always the mark of the end alone, is read away, so that the next call finds it open.
 */
export function createArrivingBody(
  connection: Pick<Dispatcher.DispatchController, 'pause' | 'resume' | 'abort'>,
): ArrivingBody {
  let waiting: Buffer[] = []
  let size = 0
  let isPaused = false
  let isOver = false
  let error: Error | null = null
  let reader: { resolve: (result: IteratorResult<Buffer>) => void; reject: (error: Error) => void } | null =
    null
  let isDelivering = false
  let leaving: NodeJS.Timeout | null = null

  const resume = () => {
    if (!isPaused) return
    isPaused = false
    connection.resume()
  }
  const take = (): Buffer => {
    const [first] = waiting
    const value = waiting.length === 1 && first !== undefined ? first : Buffer.concat(waiting)
    waiting = []
    size = 0
    resume()
    return value
  }
  /** Once the connection has handed over all that one packet brought, each piece of which comes by itself. */
  const deliver = () => {
    isDelivering = false
    if (reader === null || waiting.length === 0) return
    reader.resolve({ value: take(), done: false })
    reader = null
  }
  const settle = () => {
    isOver = true
    if (leaving) clearTimeout(leaving)
  }
  const bytes: AsyncIterableIterator<Buffer> = {
    [Symbol.asyncIterator]: () => bytes,
    next() {
      if (waiting.length > 0) return Promise.resolve({ value: take(), done: false })
      if (error) return Promise.reject(error)
      if (isOver || leaving) return Promise.resolve(OVER)
      return new Promise((resolve, reject) => {
        reader = { resolve, reject }
      })
    },
    return() {
      waiting = []
      size = 0
      if (!isOver && leaving === null) {
        leaving = setTimeout(() => connection.abort(LEFT), LEAVE_MS).unref()
        resume()
      }
      return Promise.resolve(OVER)
    },
  }
  return {
    bytes,
    push(chunk) {
      size += chunk.byteLength
      if (leaving) {
        if (size > LEAVE_BYTES) connection.abort(LEFT)
        return
      }
      waiting.push(chunk)
      if (reader && !isDelivering) {
        isDelivering = true
        queueMicrotask(deliver)
      }
      if (size <= MOST_WAITING_BYTES || isPaused) return
      isPaused = true
      connection.pause()
    },
    end() {
      settle()
      deliver()
      reader?.resolve(OVER)
      reader = null
    },
    fail(reason) {
      settle()
      deliver()
      error = reason
      reader?.reject(reason)
      reader = null
    },
  }
}
