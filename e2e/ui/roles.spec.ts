import type { APIRequestContext, Locator, Page } from '@playwright/test'
import { KNOWN_AGENTS, sendKnownAgents } from '../known-agents'
import { createOwnPreset } from '../own-preset'
import { logRequests, ownProvider, times } from '../own-provider'
import { addRule, deleteOwnRules } from '../own-rules'
import { createOwnUser } from '../own-user'
import { SERVER } from '../server-under-test'
import { expect, signIn, test } from './test'

/** A page with something that only who may edit is offered, and what shows that the page is there. */
type Place = {
  path: string
  arrived: (page: Page) => Locator
  offers: (page: Page) => Locator[]
}

async function placesToEdit(request: APIRequestContext): Promise<Place[]> {
  const preset = await createOwnPreset(request)
  const rule = await addRule(request, { app: 'nobody-at-all' })
  const own = ownProvider()
  await logRequests(request, own, times(1, 200))
  await sendKnownAgents(request)
  return [
    {
      path: '/presets',
      arrived: (page) => page.getByRole('link', { name: preset.name }),
      offers: (page) => [
        page.getByRole('link', { name: 'New preset' }),
        page.getByRole('button', { name: 'Import' }),
      ],
    },
    {
      path: `/presets/${preset.slug}`,
      arrived: (page) => page.getByRole('heading', { level: 1, name: preset.name }),
      offers: (page) => [
        page.getByRole('link', { name: 'Try it' }),
        page
          .getByRole('textbox', { name: 'Name', exact: true, disabled: false })
          .and(page.locator(':not([readonly])')),
      ],
    },
    {
      path: '/presets/new',
      arrived: (page) => page.getByRole('heading', { level: 1 }),
      offers: (page) => [page.getByRole('heading', { level: 1, name: 'New preset' })],
    },
    {
      path: '/trials',
      arrived: (page) => page.getByRole('heading', { level: 1, name: 'Trials' }),
      offers: (page) => [page.getByRole('heading', { name: 'Run a trial' })],
    },
    {
      path: '/use-cases?tab=rules',
      arrived: (page) => page.getByText(rule.useCase, { exact: true }),
      offers: (page) => [
        page.getByRole('button', { name: 'Add a rule' }),
        page.getByRole('button', { name: `Actions for ${rule.useCase}` }),
        page.getByRole('switch', { name: rule.useCase, disabled: false }),
      ],
    },
    {
      path: `/agents?from=${KNOWN_AGENTS.from}&to=${KNOWN_AGENTS.to}`,
      arrived: (page) =>
        page
          .getByRole('table', { name: /by class and tokens/ })
          .getByRole('row')
          .nth(1),
      offers: (page) => [page.getByRole('button', { name: /^Declare who drives / }).first()],
    },
    {
      path: `/models/${own.model}`,
      arrived: (page) => page.getByRole('link', { name: 'Its tool calls' }),
      offers: (page) => [page.getByRole('button', { name: 'Edit', exact: true })],
    },
  ]
}

let places: Place[]

test.beforeAll(async ({ playwright }) => {
  const request = await playwright.request.newContext({ baseURL: SERVER.url })
  places = await placesToEdit(request)
  await request.dispose()
})

test.afterAll(async ({ playwright }) => {
  const request = await playwright.request.newContext({ baseURL: SERVER.url })
  await deleteOwnRules(request)
  await request.dispose()
})

test.describe('an address that is not open to an account', () => {
  test.use({ expectedConsole: [/status of 40[34]/] })

  for (const { role, mayEdit } of [
    { role: 'member', mayEdit: true },
    { role: 'viewer', mayEdit: false },
  ] as const) {
    test(`a ${role} sees every page, ${mayEdit ? 'and may change what is not the admin’s' : 'and may change nothing'}`, async ({
      page,
      request,
    }) => {
      test.setTimeout(180_000)
      const user = await createOwnUser(request, role)
      try {
        await signIn(page, user)
        const menu = page.getByRole('navigation').first()
        await expect(menu.getByRole('link', { name: 'Presets' })).toBeVisible()
        await expect(menu.getByRole('link', { name: 'Settings' })).toHaveCount(0)
        for (const { path, arrived, offers } of places) {
          await page.goto(path)
          await expect(arrived(page), path).toBeVisible()
          for (const offer of offers(page)) await expect(offer, path).toHaveCount(mayEdit ? 1 : 0)
        }
        for (const path of ['/settings', '/settings/connect', '/settings/providers/nobody']) {
          await page.goto(path)
          await expect(page.getByRole('heading', { name: 'There is nothing at this address' })).toBeVisible()
        }
        expect(await statusOf(page, { method: 'POST', path: '/api/keys' })).toBe(403)
        const saved = await statusOf(page, { method: 'PATCH', path: '/api/v1/presets/nobody-at-all' })
        expect(saved).toBe(mayEdit ? 404 : 403)
      } finally {
        await user.remove()
      }
    })
  }
})

/** What the server answers to a change sent from the page itself, past its buttons. */
function statusOf(page: Page, { method, path }: { method: string; path: string }): Promise<number> {
  return page.evaluate(
    async (sent) => {
      const headers = { 'content-type': 'application/json' }
      return (await fetch(sent.path, { method: sent.method, headers, body: '{}' })).status
    },
    { method, path },
  )
}
