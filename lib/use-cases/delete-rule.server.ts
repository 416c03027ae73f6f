import { writeAudit } from '../access/audit.server'
import { db } from '../platform/db.server'
import { announceLabelChange } from '../recorder/labels.server'
import { noRule } from './present-rule.server'

/** Removes a rule for good; what was recorded keeps its use case. Throws `not_found`. */
export async function deleteRule({ id, actor }: { id: string; actor: string }): Promise<{ deleted: true }> {
  const rows = await db().useCaseRule.findMany({ where: { id }, select: { useCase: true } })
  const { count } = await db().useCaseRule.deleteMany({ where: { id } })
  if (count === 0) throw noRule()
  await announceLabelChange()
  const detail = { useCase: rows[0]?.useCase ?? '' }
  await writeAudit({ actor, action: 'use-case-rule.delete', target: `use-case-rule:${id}`, detail })
  return { deleted: true }
}
