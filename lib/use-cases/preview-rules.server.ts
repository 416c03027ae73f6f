import { z } from 'zod'
import { db } from '../platform/db.server'
import { RULE_ORDER } from './present-rule.server'
import { tryPast, trySample, withDraft } from './preview-rules'
import type { PreviewUseCaseRulesAnswer, PreviewUseCaseRulesBody } from './schema'

/** Enough to tell what an app does, few enough to answer while somebody types. */
const LOOKED_AT = 10_000

const countRow = z.object({
  app: z.string().nullable(),
  requests: z.number(),
  without_use_case: z.number(),
  since: z.date(),
})

/** What a draft would do to requests like the newest ones, and what all rules make of a sample. Changes nothing. */
export async function previewRules({
  draft,
  sample,
}: PreviewUseCaseRulesBody): Promise<PreviewUseCaseRulesAnswer> {
  const [rules, past] = await Promise.all([
    sample ? db().useCaseRule.findMany({ orderBy: RULE_ORDER }) : [],
    draft?.app ? readNewest() : null,
  ])
  return {
    past: draft && past ? tryPast({ draft, ...past }) : null,
    sample: sample ? trySample(withDraft(rules, draft), sample) : null,
  }
}

async function readNewest() {
  const rows = z.array(countRow).parse(
    await db().$queryRaw`
      SELECT nullif(app.slug, 'unknown') AS app, count(*)::float8 AS requests,
        (count(*) FILTER (WHERE use_case_id = 0))::float8 AS without_use_case, min(started_at) AS since
      FROM (
        SELECT started_at, app_id, use_case_id FROM request_log ORDER BY started_at DESC LIMIT ${LOOKED_AT}
      ) AS newest
      JOIN app ON app.id = app_id GROUP BY 1`,
  )
  return {
    requests: rows.reduce((sum, row) => sum + row.requests, 0),
    sinceMs: rows.length === 0 ? null : Math.min(...rows.map((row) => row.since.getTime())),
    apps: rows.flatMap(({ app, requests, without_use_case }) =>
      app === null ? [] : [{ app, requests, withoutUseCase: without_use_case }],
    ),
  }
}
