import { db } from '../platform/db.server'
import { presentRule, RULE_ORDER } from './present-rule.server'
import type { UseCaseRulesAnswer } from './schema'

/** All rules in the order in which they are tried. */
export async function listRules(): Promise<UseCaseRulesAnswer> {
  const rows = await db().useCaseRule.findMany({ orderBy: RULE_ORDER })
  return { rules: rows.map(presentRule) }
}
