import { writeAudit } from '../access/audit.server'
import { db } from '../platform/db.server'
import { AppError } from '../platform/errors'
import { announceLabelChange } from '../recorder/labels.server'
import type { CallerKindAnswer, PutCallerKindBody } from './schema'

type Declaration = { callerKind: PutCallerKindBody['callerKind']; actor: string }

/** The app of requests that name none; it stands for many programs, so nobody can say who drives it. */
const UNNAMED_APP_ID = 0

/**
 * Says who drives an app or an API key, or takes that back. It wins over what tokens tell at once, and over the signs in
 * requests that are recorded from then on. Throws `not_found`.
 */
export async function declareCallerKind({
  body: { app, keyId, callerKind },
  actor,
}: {
  body: PutCallerKindBody
  actor: string
}): Promise<CallerKindAnswer> {
  const declaration = { callerKind, actor }
  const answer =
    keyId === undefined
      ? await declareForApp(app ?? '', declaration)
      : await declareForKey(keyId, declaration)
  await announceLabelChange()
  return answer
}

async function declareForApp(slug: string, { callerKind, actor }: Declaration): Promise<CallerKindAnswer> {
  const { count } = await db().app.updateMany({
    where: { slug, id: { not: UNNAMED_APP_ID } },
    data: { declaredCallerKind: callerKind },
  })
  if (count === 0) throw new AppError('not_found', `No request has come from an app called ${slug}.`)
  await audit(`app:${slug}`, { callerKind, actor })
  return { data: { app: slug, keyId: null, name: slug, callerKind } }
}

async function declareForKey(id: number, { callerKind, actor }: Declaration): Promise<CallerKindAnswer> {
  const { count } = await db().apiKey.updateMany({
    where: { id },
    data: { declaredCallerKind: callerKind },
  })
  const row = count === 0 ? null : await db().apiKey.findUnique({ where: { id }, select: { name: true } })
  if (!row) throw new AppError('not_found', `There is no API key ${id}.`)
  await audit(`api-key:${id}`, { callerKind, actor })
  return { data: { app: null, keyId: id, name: row.name, callerKind } }
}

async function audit(target: string, { callerKind, actor }: Declaration): Promise<void> {
  const detail = { callerKind: callerKind ?? 'by its requests' }
  await writeAudit({ actor, action: 'caller-kind.declare', target, detail })
}
