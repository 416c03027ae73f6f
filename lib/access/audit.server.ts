import { db } from '@/lib/platform/db.server'

/** What can be done that somebody may ask about later. */
export type AuditAction =
  | 'api-key.create'
  | 'api-key.revoke'
  | 'settings.update'
  | 'user.add'
  | 'user.role'
  | 'user.reset-password'
  | 'user.change-password'
  | 'user.remove'
  | 'provider.connect'
  | 'provider.disconnect'
  | 'endpoint.update'
  | 'endpoint.forget-lessons'
  | 'model.update'
  | 'caller-kind.declare'
  | 'preset.create'
  | 'preset.update'
  | 'preset.archive'
  | 'preset.delete'
  | 'use-case-rule.create'
  | 'use-case-rule.update'
  | 'use-case-rule.order'
  | 'use-case-rule.delete'

/**
 * Notes who did what. `actor` is an e-mail address or `key:NAME`, `target` names the thing (`api-key:7`), `detail` holds
 * what changed and never a secret.
 */
export async function writeAudit({
  actor,
  action,
  target,
  detail,
}: {
  actor: string
  action: AuditAction
  target: string
  detail?: Record<string, string | number | boolean | null | string[]>
}): Promise<void> {
  await db().auditLog.create({ data: { actor, action, target, ...(detail ? { detail } : {}) } })
}
