import { readdirSync } from 'node:fs'
import path from 'node:path'
import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createApiKey } from '@/lib/access/manage-keys.server'
import { hashPassword } from '@/lib/access/password.server'
import { markPassword } from '@/lib/access/recall-user.server'
import type { RouteHandler, RoutePath } from '@/lib/access/route.server'
import { API_KEY_SCOPES, USER_ROLES } from '@/lib/access/schema'
import { sessionSecret } from '@/lib/access/session.server'
import { writeSetting } from '@/lib/access/settings.server'
import { MANAGEMENT_PATHS } from '@/lib/data-plane/management.server'
import { liveHub } from '@/lib/live/live-hub.server'
import { db } from '@/lib/platform/db.server'

// Who may call what, written down apart from the routes' own declarations and held against every one of them: people of
// each role with a session, programs with a key of one scope, and strangers.

const CALLERS = ['stranger', ...USER_ROLES, ...API_KEY_SCOPES] as const
type Caller = (typeof CALLERS)[number]

const LOOK: readonly Caller[] = ['admin', 'member', 'viewer', 'read', 'manage']
const MAY = {
  anybody: CALLERS,
  /** Rankings, while an operator leaves them public; keys are still held to their scopes. */
  public: ['stranger', ...LOOK],
  look: LOOK,
  /** Their own account. */
  own: USER_ROLES,
  send: ['admin', 'member', 'gateway'],
  edit: ['admin', 'member', 'manage'],
  administer: ['admin', 'manage'],
} as const satisfies Record<string, readonly Caller[]>

const ROUTES: Record<string, keyof typeof MAY> = {
  'GET /api/health': 'anybody',
  'GET /api/instance': 'anybody',
  'GET /api/rankings': 'public',
  'GET /api/usage': 'public',

  'GET /api/agents/anatomy': 'look',
  'GET /api/agents/callers': 'look',
  'GET /api/agents/context-lengths': 'look',
  'GET /api/agents/sessions': 'look',
  'GET /api/agents/share': 'look',
  'GET /api/endpoints': 'look',
  'GET /api/live': 'look',
  'GET /api/logs': 'look',
  'GET /api/logs/:ref': 'look',
  'GET /api/logs/values': 'look',
  'GET /api/models': 'look',
  'GET /api/models/:author/:slug': 'look',
  'GET /api/models/:author/:slug/series': 'look',
  'GET /api/models/launches': 'look',
  'GET /api/overview': 'look',
  'GET /api/providers': 'look',
  'GET /api/providers/:slug/endpoints': 'look',
  'GET /api/providers/:slug/series': 'look',
  'GET /api/sessions': 'look',
  'GET /api/settings': 'look',
  'GET /api/tools/breakdown': 'look',
  'GET /api/tools/endpoints': 'look',
  'GET /api/tools/failing-calls': 'look',
  'GET /api/tools/funnel': 'look',
  'GET /api/tools/models': 'look',
  'GET /api/tools/names': 'look',
  'GET /api/tools/providers': 'look',
  'GET /api/use-cases': 'look',
  'GET /api/v1/endpoints': 'look',
  'GET /api/v1/endpoints/suggestion': 'look',
  'GET /api/v1/presets': 'look',
  'GET /api/v1/presets/:slug': 'look',
  'GET /api/v1/presets/:slug/versions': 'look',
  'GET /api/v1/presets/:slug/versions/:version': 'look',
  'GET /api/v1/providers': 'look',
  'GET /api/v1/trials': 'look',
  'GET /api/v1/trials/:id': 'look',
  'GET /api/v1/trials/:id/calls': 'look',
  'GET /api/v1/trials/:id/calls/:index': 'look',
  'GET /api/v1/trials/:id/cells': 'look',
  'GET /api/v1/use-case-rules': 'look',
  // These two say what would be, and change nothing.
  'POST /api/v1/plan': 'look',
  'POST /api/v1/use-case-rules/preview': 'look',

  'POST /api/v1/trials': 'send',
  'DELETE /api/v1/trials/:id': 'send',
  'POST /api/v1/trials/:id/calls': 'send',
  'POST /api/v1/trials/:id/stop': 'send',

  'PUT /api/v1/caller-kinds': 'edit',
  'PUT /api/v1/models/:author/:slug': 'edit',
  'POST /api/v1/presets': 'edit',
  'PATCH /api/v1/presets/:slug': 'edit',
  'DELETE /api/v1/presets/:slug': 'edit',
  'POST /api/v1/presets/:slug/chat/completions': 'edit',
  'POST /api/v1/presets/:slug/messages': 'edit',
  'POST /api/v1/use-case-rules': 'edit',
  'PUT /api/v1/use-case-rules/order': 'edit',
  'PATCH /api/v1/use-case-rules/:id': 'edit',
  'DELETE /api/v1/use-case-rules/:id': 'edit',

  'PUT /api/account/password': 'own',

  'GET /api/keys': 'administer',
  'POST /api/keys': 'administer',
  'DELETE /api/keys/:id': 'administer',
  'PATCH /api/settings': 'administer',
  'GET /api/users': 'administer',
  'POST /api/users': 'administer',
  'PATCH /api/users/:id': 'administer',
  'DELETE /api/users/:id': 'administer',
  'POST /api/users/:id/password': 'administer',
  'PUT /api/v1/endpoints': 'administer',
  'DELETE /api/v1/endpoints/lessons': 'administer',
  'PUT /api/v1/providers/:slug': 'administer',
  'DELETE /api/v1/providers/:slug': 'administer',
  'POST /api/v1/providers/:slug/test': 'administer',
  'GET /api/v1/providers/:slug/models': 'administer',
  'POST /api/v1/providers/:slug/endpoints': 'administer',
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const API = path.join(import.meta.dirname)
/** Not routes of this kind: any unknown path, the sign-in itself, and the mount of the data plane. */
const OTHER_ROUTES = [
  '[[...rest]]',
  'auth/[...nextauth]',
  'public/[...path]',
  'v1/[...path]',
  'v1beta/[...path]',
]
/** Names nothing that exists, so that whoever is let in changes nothing. */
const NOBODY = {
  id: '2000000000',
  slug: 'nobody',
  author: 'nobody',
  ref: 'nothing',
  version: '9',
  index: '9',
}

const handlersOf = z.record(
  z.string(),
  z.custom<RouteHandler>((value) => typeof value === 'function'),
)

const headersOf = new Map<Caller, Record<string, string>>()
const handlers = new Map<string, RouteHandler>()

beforeAll(async () => {
  await writeSetting('publicRankings', true)
  headersOf.set('stranger', {})
  for (const role of USER_ROLES) headersOf.set(role, await sessionOf(role))
  for (const scope of API_KEY_SCOPES) {
    const { key } = await createApiKey({ name: scope, scopes: [scope], actor: 'test' })
    headersOf.set(scope, { authorization: `Bearer ${key}` })
  }
  for (const { path: route, handlers: own } of [...(await dashboardPaths()), ...MANAGEMENT_PATHS]) {
    for (const method of METHODS) {
      const handler = own[method]
      if (handler && (await call(handler, method, 'stranger')) !== 405) {
        handlers.set(`${method} ${route}`, handler)
      }
    }
  }
})

afterAll(() => liveHub().stop())

/** A user in the database with a session cookie, as signing in gives it, on our own page. */
async function sessionOf(role: (typeof USER_ROLES)[number]): Promise<Record<string, string>> {
  const passwordHash = await hashPassword('correct-password')
  const user = await db().user.create({ data: { email: `${role}@example.com`, passwordHash, role } })
  const token = { sub: String(user.id), passwordMark: markPassword(passwordHash) }
  const value = await encode({ token, secret: await sessionSecret() })
  return { cookie: `next-auth.session-token=${value}`, 'sec-fetch-site': 'same-origin' }
}

/** The dashboard's own routes, as they lie in the folder. */
async function dashboardPaths(): Promise<RoutePath[]> {
  const folders = readdirSync(API, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'route.ts')
    .map((file) => path.dirname(file))
    .filter((folder) => !OTHER_ROUTES.includes(folder))
  return Promise.all(
    folders.map(async (folder) => ({
      path: `/api/${folder.replaceAll(/\[(\w+)\]/g, ':$1')}`,
      handlers: handlersOf.parse({ ...(await import(path.join(API, folder, 'route.ts'))) }),
    })),
  )
}

async function call(handler: RouteHandler, method: string, caller: Caller): Promise<number> {
  const request = new Request('http://sightglass.test/', {
    method,
    headers: headersOf.get(caller) ?? {},
    // Whoever is let into a stream leaves it at once.
    signal: AbortSignal.abort(),
  })
  return (await handler(request, { params: Promise.resolve(NOBODY) })).status
}

test('every route says here who may call it, and nothing else does', () => {
  expect([...handlers.keys()].sort()).toEqual(Object.keys(ROUTES).sort())
})

describe.each(CALLERS)('%s', (caller) => {
  test('is let in exactly where it may be', async () => {
    const wrong: string[] = []
    for (const [name, right] of Object.entries(ROUTES)) {
      const handler = handlers.get(name)
      if (!handler) continue
      const mayCall = MAY[right].some((one) => one === caller)
      const status = await call(handler, name.split(' ')[0] ?? '', caller)
      const refusal = caller === 'stranger' ? 401 : 403
      const isAsExpected = mayCall ? status !== 401 && status !== 403 && status < 500 : status === refusal
      if (!isAsExpected) wrong.push(`${name}: ${status}, ${mayCall ? 'may call it' : 'may not'}`)
    }
    expect(wrong).toEqual([])
  })
})
