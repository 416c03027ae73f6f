'use client'

import { useEffect, useState } from 'react'

/**
 * Holds people on a page with unsaved changes: closing the tab makes the browser ask, and a click on one of our links
 * is stopped and remembered as `destination` until somebody decides. Going back is not stopped; the draft is kept.
 */
export function useLeaveGuard(isActive: boolean) {
  const [destination, setDestination] = useState<string | null>(null)
  useEffect(() => {
    if (!isActive) return
    const askBrowser = (event: BeforeUnloadEvent) => event.preventDefault()
    const stopLink = (event: MouseEvent) => {
      const target = linkTarget(event)
      if (target === null) return
      event.preventDefault()
      event.stopPropagation()
      setDestination(target)
    }
    window.addEventListener('beforeunload', askBrowser)
    // On the window and before everything else: the router listens further down.
    window.addEventListener('click', stopLink, { capture: true })
    return () => {
      window.removeEventListener('beforeunload', askBrowser)
      window.removeEventListener('click', stopLink, { capture: true })
    }
  }, [isActive])
  return { destination, stay: () => setDestination(null) }
}

/** The page of ours that a plain click on a link leads to; null for anything else. */
function linkTarget(event: MouseEvent): string | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link?.href || link.target === '_blank' || link.hasAttribute('download')) return null
  const url = new URL(link.href)
  const isElsewhere = url.origin === window.location.origin && url.pathname !== window.location.pathname
  return isElsewhere ? url.pathname + url.search : null
}
