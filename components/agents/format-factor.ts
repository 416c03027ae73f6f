import { formatCompact } from '@/lib/platform/format'

/** How many times the one is the other, 12.3×; nothing where either is unknown or there is less than one to be a multiple of. */
export function formatFactor(value: number | null, of: number | null): string {
  if (value === null || of === null || of < 1) return ''
  return `${formatCompact(value / of)}×`
}
