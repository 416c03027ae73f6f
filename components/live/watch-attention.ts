export type VisiblePage = Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>

/** A tab that is hidden for a moment keeps what it has open. */
export const GRACE_MS = 5_000
const CHECK_EVERY_MS = 5_000
/** Who was away for this long has missed something. */
export const SLEEP_MS = 30_000

/**
 * Follows whether somebody can see the page. `onRest` comes when it has been hidden for a while, `onReturn` when it is
 * seen again; `wasLong` also after the machine itself has slept, which shows in a timer that comes too late. Returns
 * what ends the watch.
 */
export function watchAttention({
  page,
  onRest,
  onReturn,
}: {
  page: VisiblePage
  onRest: () => void
  onReturn: (away: { wasLong: boolean }) => void
}): () => void {
  let restTimer: ReturnType<typeof setTimeout> | undefined
  let hiddenSinceMs = page.hidden ? Date.now() : null
  let checkedMs = Date.now()

  const followVisibility = () => {
    clearTimeout(restTimer)
    if (page.hidden) {
      hiddenSinceMs = Date.now()
      restTimer = setTimeout(onRest, GRACE_MS)
    } else if (hiddenSinceMs !== null) {
      onReturn({ wasLong: Date.now() - hiddenSinceMs >= SLEEP_MS })
      hiddenSinceMs = null
    }
  }

  const checkTimer = setInterval(() => {
    const lateMs = Date.now() - checkedMs - CHECK_EVERY_MS
    checkedMs = Date.now()
    if (lateMs >= SLEEP_MS && !page.hidden) onReturn({ wasLong: true })
  }, CHECK_EVERY_MS)

  page.addEventListener('visibilitychange', followVisibility)
  return () => {
    clearTimeout(restTimer)
    clearInterval(checkTimer)
    page.removeEventListener('visibilitychange', followVisibility)
  }
}
