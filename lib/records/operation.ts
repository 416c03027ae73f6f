import type { Operation } from './vocabulary'

/**
 * Operations that answer with generated text. Rankings, shares, tool figures and sessions are theirs alone, since the
 * tokens and tools of others mean something else. Source: design.md §5, "Operation".
 */
export const TEXT_OPERATIONS = ['chat', 'completion'] as const satisfies readonly Operation[]

/** Whether an operation is one of `TEXT_OPERATIONS`. */
export function isTextOperation(operation: Operation): boolean {
  return operation === 'chat' || operation === 'completion'
}
