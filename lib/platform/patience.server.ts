import { setTimeout as sleep } from 'node:timers/promises'

/** What `asked` resolves to within `patienceMs`, in a box; null when it takes longer or fails. Never throws. */
export async function answerInTime<T>(asked: Promise<T>, patienceMs: number): Promise<{ value: T } | null> {
  const patience = new AbortController()
  const late = sleep(patienceMs, null, { signal: patience.signal, ref: false }).catch(() => null)
  const answer = asked.then(
    (value) => ({ value }),
    () => null,
  )
  try {
    return await Promise.race([answer, late])
  } finally {
    patience.abort()
  }
}
