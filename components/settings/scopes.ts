import type { ApiKeyScope } from '@/lib/access/schema'

/** What each scope lets a program do, in words. */
export const SCOPES = {
  ingest: { label: 'Ingest', note: 'Send records and traces' },
  gateway: { label: 'Gateway', note: 'Send requests through the gateway' },
  read: { label: 'Read', note: 'Read every number on the dashboard' },
  manage: { label: 'Manage', note: 'Change settings and keys' },
} as const satisfies Record<ApiKeyScope, { label: string; note: string }>
