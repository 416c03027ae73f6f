import { writeAudit } from '../access/audit.server'
import { db } from '../platform/db.server'
import { AppError } from '../platform/errors'
import { announceLabelChange } from '../recorder/labels.server'
import { lockRules, presentRule, RULE_ORDER } from './present-rule.server'
import type { OrderUseCaseRulesBody, UseCaseRulesAnswer } from './schema'

/**
 * Puts all rules in the order given. Throws `conflict` when the ids are not exactly those of the rules there are: then
 * somebody added or deleted one meanwhile, and the order is not what its author saw.
 */
export async function orderRules({
  input: { ids },
  actor,
}: {
  input: OrderUseCaseRulesBody
  actor: string
}): Promise<UseCaseRulesAnswer> {
  const rows = await db().$transaction(async (transaction) => {
    await lockRules(transaction)
    const known = await transaction.useCaseRule.findMany({ orderBy: RULE_ORDER })
    const places = new Map(ids.map((id, index) => [id, index + 1]))
    if (
      places.size !== ids.length ||
      known.length !== ids.length ||
      known.some(({ id }) => !places.has(id))
    ) {
      throw new AppError(
        'conflict',
        'The list of rules has changed meanwhile; load it again and reorder it.',
        {
          details: [{ path: 'ids', message: `expected the ids of all ${known.length} rules, each once` }],
        },
      )
    }
    for (const { id, position } of known) {
      const place = places.get(id)
      if (place === undefined || place === position) continue
      await transaction.useCaseRule.update({ where: { id }, data: { position: place } })
    }
    return transaction.useCaseRule.findMany({ orderBy: RULE_ORDER })
  })
  await announceLabelChange()
  await writeAudit({ actor, action: 'use-case-rule.order', target: 'use-case-rules', detail: { ids } })
  return { rules: rows.map(presentRule) }
}
