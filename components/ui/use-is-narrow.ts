import { useSyncExternalStore } from 'react'

/** As wide as what the `max-sm` classes call a phone. */
const PHONE = '(width < 40rem)'

/** Whether the window is as narrow as a phone's, for what classes cannot hide; false on the server. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(PHONE).matches,
    () => false,
  )
}

function subscribe(onChange: () => void): () => void {
  const query = window.matchMedia(PHONE)
  query.addEventListener('change', onChange)
  return () => query.removeEventListener('change', onChange)
}
