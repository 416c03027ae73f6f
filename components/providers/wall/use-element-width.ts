'use client'

import { type RefObject, useEffect, useLayoutEffect, useState } from 'react'

/** Content width of an element in whole CSS pixels, kept up to date; known before its first painting. */
export function useElementWidth(element: RefObject<HTMLElement | null>): number | null {
  const [width, setWidth] = useState<number | null>(null)
  useLayoutEffect(() => {
    if (element.current) setWidth(element.current.clientWidth)
  }, [element])
  useEffect(() => {
    if (element.current === null) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.floor(entry.contentRect.width))
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return width
}
