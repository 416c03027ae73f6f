import type { Page } from '@playwright/test'

/**
 * Watches what moves by itself on pages opened from now on; the function it returns gives the shifts of the page so far as
 * one number, as Web Vitals count them (0 = nothing moved).
 */
export async function watchLayoutShift(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const watch = { shift: 0 }
    Object.assign(window, { layoutShift: watch })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number
        hadRecentInput: boolean
      })[]) {
        if (!entry.hadRecentInput) watch.shift += entry.value
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  return () =>
    page.evaluate(async () => {
      // Two frames: what was drawn last has been measured and told.
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame)
      return (window as unknown as { layoutShift: { shift: number } }).layoutShift.shift
    })
}
