import type { UserRole } from '@/lib/access/schema'

/** What each role lets a person do, in words. */
export const ROLES = {
  admin: { label: 'Admin', note: 'Everything, with providers, keys and people' },
  member: { label: 'Member', note: 'Look, edit presets and rules, run trials' },
  viewer: { label: 'Viewer', note: 'Look at everything, change nothing' },
} as const satisfies Record<UserRole, { label: string; note: string }>
