import { z } from 'zod'
import { ERROR_CLASSES, HEALTH_STATUSES, UPTIME_WINDOWS } from '../records/vocabulary'

/** Attempts by error class; classes without one are left out. */
export const errorsByClass = z.partialRecord(z.enum(ERROR_CLASSES), z.number())
export type ErrorsByClass = z.infer<typeof errorsByClass>

/** What the gateway knows of an endpoint's last minutes; null where there is too little traffic to say. */
export const endpointHealthView = z.object({
  /** ok ÷ (ok + errors) of the last 30 minutes; null under 20 attempts. */
  uptime30m: z.number().nullable(),
  latencyMsP50: z.number().nullable(),
  tokensPerSecondP50: z.number().nullable(),
  /** Of the last 24 hours; null under 20 tool-call attempts. */
  toolCallErrorRate: z.number().nullable(),
  toolCallAttempts: z.number(),
  /** Attempts of the last 30 minutes. */
  attempts30m: z.number(),
  status: z.enum(HEALTH_STATUSES),
})
export type EndpointHealthView = z.infer<typeof endpointHealthView>

/** ok ÷ (ok + errors), 0–1; null while fewer than 20 attempts count. Source: design.md §5, "Uptime". */
const uptime = z.number().nullable()

/** How something is doing now: over the shortest window in which at least 20 attempts count. */
export const currentHealth = z.object({
  status: z.enum(HEALTH_STATUSES),
  /** The window `status` was judged by; null = too little traffic in all of them. */
  statusWindow: z.enum(UPTIME_WINDOWS).nullable(),
  uptime5m: uptime,
  uptime30m: uptime,
  uptime1d: uptime,
  attempts30m: z.number(),
  /** Errors of the last five minutes that uptime counts. */
  countedErrors5m: z.number(),
  rateLimited5m: z.number(),
})
export type CurrentHealth = z.infer<typeof currentHealth>
