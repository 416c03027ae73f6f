import type { CurrentHealth } from '@/lib/health/schema'
import { formatExact } from '@/lib/platform/format'

/** What is new of something that fails, or else over what its uptime was judged. */
export function newsText({ countedErrors5m, statusWindow }: CurrentHealth): string {
  if (countedErrors5m === 1) return '1 error in 5 min'
  if (countedErrors5m > 1) return `${formatExact(countedErrors5m)} errors in 5 min`
  return statusWindow === '1d' ? 'over the last day' : 'over 30 min'
}
