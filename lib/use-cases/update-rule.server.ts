import { writeAudit } from '../access/audit.server'
import { db } from '../platform/db.server'
import { AppError } from '../platform/errors'
import { announceLabelChange } from '../recorder/labels.server'
import { USE_CASE_FIELDS } from '../records/use-case'
import { lockRules, noRule, presentRule } from './present-rule.server'
import type { PatchUseCaseRuleBody, UseCaseRuleRow } from './schema'

/**
 * Changes a rule for new requests; what was recorded keeps its use case. A patch that changes nothing writes nothing.
 * Throws `not_found`, and `validation_failed` when the rule would be left without a pattern.
 */
export async function updateRule({
  id,
  patch,
  actor,
}: {
  id: string
  patch: PatchUseCaseRuleBody
  actor: string
}): Promise<UseCaseRuleRow> {
  const { row, changed } = await db().$transaction(async (transaction) => {
    await lockRules(transaction)
    const before = await transaction.useCaseRule.findUnique({ where: { id } })
    if (before === null) throw noRule()
    const fields = Object.entries(before).filter(
      ([name, value]) => name in patch && patch[name as keyof PatchUseCaseRuleBody] !== value,
    )
    if (fields.length === 0) return { row: before, changed: [] }
    refuseEmpty({ ...before, ...patch })
    return {
      row: await transaction.useCaseRule.update({ where: { id }, data: patch }),
      changed: fields.map(([name]) => name),
    }
  })
  if (changed.length === 0) return presentRule(row)
  await announceLabelChange()
  await writeAudit({
    actor,
    action: 'use-case-rule.update',
    target: `use-case-rule:${id}`,
    detail: { changed },
  })
  return presentRule(row)
}

function refuseEmpty(rule: { app: string | null; tool: string | null; systemPrompt: string | null }): void {
  if (USE_CASE_FIELDS.some((field) => rule[field] !== null)) return
  const message = 'at least one of app, tool and systemPrompt must stay'
  throw new AppError('validation_failed', 'Some fields are not as expected.', {
    details: [{ path: 'app', message }],
  })
}
