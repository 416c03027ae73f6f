import { useSyncExternalStore } from 'react'

const subscribe = () => () => {}

/** False on the server and in the first client render, for what only the browser knows (theme, origin, clock). */
export function useIsMounted(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  )
}
