import type { CallOutcome } from '@/lib/trials/call-outcome'
import { isErrorOutcome } from '@/lib/trials/call-outcome'

/** Green for a good tool call, red for an error; an answer without a tool is neither. */
export function outcomeFill(outcome: CallOutcome): string {
  if (isErrorOutcome(outcome)) return 'bg-negative text-background'
  return outcome === 'clean' ? 'bg-positive/20 text-positive' : 'bg-hover text-muted'
}
