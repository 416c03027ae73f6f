import { z } from 'zod'
import { TEXT_OPERATIONS } from '../records/operation'
import { OPERATIONS, type Operation } from '../records/vocabulary'

const ALL = 'all'
const WORDS = [...OPERATIONS, ALL] as const

/** Counts the requests of this operation, or of `all`; left out as `countedOperations` says. */
export const operationParameter = z.enum(WORDS, { error: `expected one of ${WORDS.join(', ')}` }).optional()

/** Models by use case are kept for chat and completion together. */
export const OPERATION_WITHOUT_USE_CASE = { path: ['operation'], message: 'goes without useCase only' }

/** Whether `operation`, when given, is not asked of a use case. */
export function isOperationOfAll({
  operation,
  useCase,
}: {
  operation?: string | undefined
  useCase?: string | undefined
}): boolean {
  return operation === undefined || useCase === undefined
}

/** What an answer counts: what was asked for, else everything when it is by operation, else chats and completions. */
export function countedOperations({
  by,
  operation,
}: {
  by: string
  operation?: z.infer<typeof operationParameter>
}): readonly Operation[] | 'all' {
  if (operation === ALL) return 'all'
  if (operation !== undefined) return [operation]
  return by === 'operation' ? 'all' : TEXT_OPERATIONS
}
