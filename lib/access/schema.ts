import { z } from 'zod'

export const USER_ROLES = ['admin', 'member', 'viewer'] as const
/** What a signed-in person may do: admins also manage keys and settings. */
export type UserRole = (typeof USER_ROLES)[number]

export const API_KEY_SCOPES = ['ingest', 'gateway', 'read', 'manage'] as const
/** What a key may do: send records, send requests to the gateway, read the dashboard's API, administer. */
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number]

/** The signed-in person. */
export const viewer = z.object({ email: z.string(), role: z.enum(USER_ROLES) })
export type Viewer = z.infer<typeof viewer>

/** A key as it may be shown: never the key itself. */
export const apiKey = z.object({
  id: z.number(),
  name: z.string(),
  /** The first characters of the key, enough to recognise it. */
  prefix: z.string(),
  scopes: z.array(z.enum(API_KEY_SCOPES)),
  /** What the gateway takes from it in a minute; null = no limit. */
  requestsPerMinute: z.number().nullable(),
  /** ISO 8601 UTC, like the two below. */
  createdAt: z.string(),
  /** Null when the key was never used; at most a minute behind. */
  lastUsedAt: z.string().nullable(),
  /** Null while the key works. */
  revokedAt: z.string().nullable(),
})
export type ApiKey = z.infer<typeof apiKey>

/** `GET /api/keys`: newest first, revoked ones included. */
export const apiKeyListAnswer = z.object({ keys: z.array(apiKey) })
export type ApiKeyListAnswer = z.infer<typeof apiKeyListAnswer>

/** `POST /api/keys`. */
export const createApiKeyBody = z.strictObject({
  name: z
    .string('give the key a name')
    .trim()
    .min(1, 'give the key a name')
    .max(80, 'at most 80 characters')
    .regex(/^\P{Cc}*$/u, 'no control characters'),
  scopes: z
    .array(z.enum(API_KEY_SCOPES, { error: `expected one of ${API_KEY_SCOPES.join(', ')}` }))
    .min(1, 'choose at least one scope')
    .transform((scopes) => API_KEY_SCOPES.filter((scope) => scopes.includes(scope))),
  /** Left out or null = no limit. */
  requestsPerMinute: z
    .int('expected a whole number')
    .min(1, 'expected 1 or more')
    .max(1_000_000, 'at most 1,000,000')
    .nullish(),
})
export type CreateApiKeyBody = z.infer<typeof createApiKeyBody>

/** The answer to `POST /api/keys`: the only time the key itself is shown. */
export const createdApiKey = apiKey.extend({ key: z.string() })
export type CreatedApiKey = z.infer<typeof createdApiKey>

/** Path of `/api/keys/[id]`. */
export const apiKeyParams = z.object({ id: z.coerce.number().int().min(1).max(2_147_483_647) })

/** `GET /api/settings`, and the answer to `PATCH`. */
export const settingsAnswer = z.object({
  /** Whether Rankings are shown to people who are not signed in. */
  publicRankings: z.boolean(),
  /** Whether the data was made by the demo's simulator. */
  simulated: z.boolean(),
})
export type SettingsAnswer = z.infer<typeof settingsAnswer>

/** `PATCH /api/settings`: what an operator may change. */
export const settingsPatch = z.strictObject({
  publicRankings: z.boolean('expected true or false').optional(),
})
export type SettingsPatch = z.infer<typeof settingsPatch>

/** `GET /api/instance`: what every page needs to know before anybody signs in. */
export const instanceAnswer = z.object({
  simulated: z.boolean(),
  publicRankings: z.boolean(),
  /** 0–1 while the demo writes its history; null when nothing is being written. */
  historyProgress: z.number().nullable(),
})
export type InstanceAnswer = z.infer<typeof instanceAnswer>
