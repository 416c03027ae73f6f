'use client'

import { useEffect, useState } from 'react'
import { useLiveConnection, useLiveState } from './use-live'

const TICK_MS = 5_000

/**
 * The server's clock as far as the stream tells it, so that a browser whose clock is wrong still shows the minute that is
 * filling; this browser's own before the first event. Moves on every few seconds, and with each event. Null on the server.
 */
export function useServerNow(): number | null {
  const [clientMs, setClientMs] = useState<number | null>(null)
  const at = useLiveState((state) => state.at)
  const { lastEventMs } = useLiveConnection()
  useEffect(() => {
    setClientMs(Date.now())
    const timer = setInterval(() => setClientMs(Date.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  if (at === undefined || lastEventMs === null) return clientMs
  return Date.parse(at) + Math.max(0, (clientMs ?? lastEventMs) - lastEventMs)
}
