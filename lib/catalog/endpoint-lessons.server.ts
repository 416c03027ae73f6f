import { writeAudit } from '../access/audit.server'
import { readEndpointHealth } from '../health/read-endpoint-health.server'
import { db } from '../platform/db.server'
import { AppError } from '../platform/errors'
import { keyOfEdit } from '../shapes/rules/describe-edit'
import type { LearnedEdit } from '../shapes/rules/schema'
import { noteCatalogChange } from './catalog-changes.server'
import { ENDPOINT_NAMES, presentEndpoint } from './present-endpoint.server'
import type { EndpointAnswer, EndpointLessonsQuery } from './schema'

/** Keeps what an endpoint's refusals taught; of two about the same thing the later one. Throws what Postgres throws. */
export async function keepLessons(endpointId: number, lessons: readonly LearnedEdit[]): Promise<void> {
  for (const { edit, said, learnedAtMs } of lessons) {
    const lesson = { edit, said, learnedAt: new Date(learnedAtMs) }
    const key = { endpointId, key: keyOfEdit(edit) }
    await db().endpointLesson.upsert({
      where: { endpointId_key: key },
      create: { ...key, ...lesson },
      update: lesson,
    })
  }
  noteCatalogChange()
}

/**
 * Forgets what an endpoint's refusals taught, so that it is asked as any other again. Throws `not_found` when there is
 * no such endpoint.
 */
export async function forgetLessons({
  query: { model, provider },
  actor,
  nowMs,
}: {
  query: EndpointLessonsQuery
  actor: string
  nowMs: number
}): Promise<EndpointAnswer> {
  const endpoint = await db().endpoint.findFirst({
    where: { model: { slug: model }, provider: { slug: provider } },
    include: ENDPOINT_NAMES,
  })
  if (!endpoint) throw new AppError('not_found', `There is no endpoint of ${model} at ${provider}.`)
  await db().endpointLesson.deleteMany({ where: { endpointId: endpoint.id } })
  noteCatalogChange()
  await writeAudit({
    actor,
    action: 'endpoint.forget-lessons',
    target: `endpoint:${model}@${provider}`,
  })
  const endpointIds = [endpoint.id]
  const health = await readEndpointHealth({ nowMs, endpointIds, percentiles: '5_and_30_minutes' })
  const forgotten = { ...endpoint, lessons: [] }
  return { data: presentEndpoint(forgotten, { health: health.get(endpoint.id), nowMs }) }
}
