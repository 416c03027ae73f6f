import type { EndpointWindowRow } from './schema'

/**
 * Endpoints in the order an engineer on call wants them: lowest uptime first, those with too little traffic to judge
 * after those that are judged; within them by the number of errors, then of attempts, then by name.
 */
export function worstFirst(rows: readonly EndpointWindowRow[]): EndpointWindowRow[] {
  const errors = (row: EndpointWindowRow) => row.attempts - row.ok
  return [...rows].sort(
    (a, b) =>
      (a.uptime ?? 2) - (b.uptime ?? 2) ||
      errors(b) - errors(a) ||
      b.attempts - a.attempts ||
      compareText(`${a.model} ${a.provider}`, `${b.model} ${b.provider}`),
  )
}

/** Same order on every machine, whatever its locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
