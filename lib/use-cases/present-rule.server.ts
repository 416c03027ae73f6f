import type { UseCaseRule } from '@/prisma/generated/client'
import type { db } from '../platform/db.server'
import { AppError } from '../platform/errors'
import type { UseCaseRuleRow } from './schema'

/** Kept apart from ids: the order in which rules are tried. */
export const RULE_ORDER = [{ position: 'asc' as const }, { id: 'asc' as const }]

/** A stored rule as the API shows it. */
export function presentRule({
  position: _order,
  createdAt,
  updatedAt,
  ...rule
}: UseCaseRule): UseCaseRuleRow {
  return { ...rule, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() }
}

/** Makes changes of the list wait for each other, so that two editors cannot mix their orders or exceed the limit. */
export function lockRules(transaction: Pick<ReturnType<typeof db>, '$executeRaw'>): Promise<number> {
  return transaction.$executeRaw`LOCK TABLE use_case_rule IN SHARE ROW EXCLUSIVE MODE`
}

/** `not_found` for a rule that is not there, or no longer. */
export function noRule(): AppError {
  return new AppError('not_found', 'There is no such rule; it may have been deleted meanwhile.')
}
