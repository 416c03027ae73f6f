import path from 'node:path'
import { z } from 'zod'

const emptyAsUnset = (value: unknown) => (value === '' ? undefined : value)
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(emptyAsUnset, schema.optional())
const port = z.coerce.number('a port number from 0 to 65535').int().min(0).max(65535)

const milliseconds = z.coerce.number('a number of milliseconds').int().min(1).max(3_600_000)

const bytes = z.coerce.number('a number of bytes').int().min(1_000_000)

const environment = z.object({
  PORT: optional(port).transform((value) => value ?? 3000),
  HOST: optional(z.string()).transform((value) => value ?? '127.0.0.1'),
  DATABASE_URL: optional(
    z
      .url({ protocol: /^postgres(ql)?$/, hostname: /.*/ })
      .describe('postgresql://user:password@host:port/database'),
  ),
  SIGHTGLASS_DATA_DIR: optional(z.string()).transform((value) => path.resolve(value ?? '.data')),
  SIGHTGLASS_ADMIN_EMAIL: optional(z.email()),
  SIGHTGLASS_ADMIN_PASSWORD: optional(z.string().min(8)),
  SIGHTGLASS_API_KEY: optional(z.string().min(8)),
  SIGHTGLASS_SECRET: optional(z.string().min(16)),
  SIGHTGLASS_URL: optional(z.url()),
  SIGHTGLASS_ALLOW_PRIVATE_NETWORK: optional(z.enum(['true', 'false'])).transform((value) =>
    value === undefined ? undefined : value === 'true',
  ),
  SIGHTGLASS_ROLE: optional(z.enum(['all', 'data-plane', 'dashboard'])).transform((value) => value ?? 'all'),
  SIGHTGLASS_OUTBOX_MAX_BYTES: optional(bytes).transform((value) => value ?? 1024 ** 3),
  SIGHTGLASS_SILENCE_TIMEOUT_MS: optional(milliseconds).transform((value) => value ?? 30_000),
  SIGHTGLASS_ANSWER_TIMEOUT_MS: optional(milliseconds).transform((value) => value ?? 600_000),
  SIGHTGLASS_CORS_ORIGINS: optional(z.string()).transform((value) =>
    (value ?? '*').split(',').map((origin) => origin.trim()),
  ),
  NODE_ENV: optional(z.string()),
  CI: optional(z.string()),
  /** Set by npm for what its scripts start. */
  npm_lifecycle_event: optional(z.string()),
})

export type Environment = z.infer<typeof environment>

/** Names of all variables the product reads; a test holds `.env.example` against it. */
export const ENVIRONMENT_KEYS = Object.keys(environment.shape)

/**
 * The process environment, parsed. Read anew at each call because the server fills in what it decided at start
 * (the embedded database's address) before Next is loaded.
 * Throws one Error whose message names each wrong variable and what it should be.
 */
export function readEnvironment(source: NodeJS.ProcessEnv = process.env): Environment {
  const parsed = environment.safeParse(source)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`The environment is not usable. ${problems.join('; ')}`)
}

/** The environment for a process we start: ours, with some values replaced. */
export function childEnvironment(values: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, ...values }
}

/** Puts a value the server decided at start where every later reader in this process finds it. */
export function setEnvironment(values: Record<string, string>): void {
  Object.assign(process.env, values)
}
