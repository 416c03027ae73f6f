import { writeAudit } from '../access/audit.server'
import { db } from '../platform/db.server'
import { AppError } from '../platform/errors'
import { announceLabelChange } from '../recorder/labels.server'
import { USE_CASE_LIMITS } from '../records/use-case'
import { lockRules, presentRule } from './present-rule.server'
import type { CreateUseCaseRuleBody, UseCaseRuleRow } from './schema'

/** Adds a rule after all others; new requests are held against it at once. Throws `conflict` at 200 rules. */
export async function createRule({
  input,
  actor,
}: {
  input: CreateUseCaseRuleBody
  actor: string
}): Promise<UseCaseRuleRow> {
  const row = await db().$transaction(async (transaction) => {
    await lockRules(transaction)
    const { _count, _max } = await transaction.useCaseRule.aggregate({
      _count: true,
      _max: { position: true },
    })
    if (_count >= USE_CASE_LIMITS.rules) {
      throw new AppError('conflict', `There are ${_count} rules, the most that can be; delete one first.`)
    }
    return transaction.useCaseRule.create({ data: { ...input, position: (_max.position ?? 0) + 1 } })
  })
  await announceLabelChange()
  await writeAudit({
    actor,
    action: 'use-case-rule.create',
    target: `use-case-rule:${row.id}`,
    detail: input,
  })
  return presentRule(row)
}
