import { processSingleton } from '@/lib/platform/process-singleton'

/** Says that providers, endpoints or presets changed, so that the gateway of this process reads them anew at once. */
export function noteCatalogChange(): void {
  counter().changes += 1
}

/** How many changes this process has noted; compare with an earlier count. Other processes count for themselves. */
export function catalogChangeCount(): number {
  return counter().changes
}

function counter(): { changes: number } {
  return processSingleton('catalog-changes', () => ({ changes: 0 }))
}
