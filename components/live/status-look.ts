import type { HealthStatus } from '@/lib/records/vocabulary'

/** Each status in words, and as a colour with a shape, so that it can be told apart without colour. */
export const STATUS_LOOKS = {
  down: { label: 'Down', short: 'down', color: 'var(--negative)' },
  degraded: { label: 'Degraded', short: 'degraded', color: 'var(--status-degraded)' },
  healthy: { label: 'Healthy', short: 'healthy', color: 'var(--status-healthy)' },
  unknown: { label: 'Too little traffic', short: 'quiet', color: 'var(--border-strong)' },
} as const satisfies Record<HealthStatus, { label: string; short: string; color: string }>

/** Worst first, as legends and lists have it. */
export const STATUS_ORDER = [
  'down',
  'degraded',
  'healthy',
  'unknown',
] as const satisfies readonly HealthStatus[]
