import { type APIRequestContext, expect, type Locator, type Page } from '@playwright/test'
import { BEARER } from './server-under-test'
import { ownName } from './simulated-upstream'

/** A model of three providers that nobody else uses, which the router may plan with; nothing is ever called there. */
export async function connectOwnModel(request: APIRequestContext) {
  const mark = ownName('own')
  const model = `${mark}/atlas`
  const providers = ['helios', 'borealis', 'cumulus'].map((name, index) => ({
    slug: `${name}-${mark}`,
    name: `${name[0]?.toUpperCase()}${name.slice(1)} ${mark}`,
    promptUsdPerMTok: [0.8, 0.5, 2][index],
  }))
  for (const { slug, name, promptUsdPerMTok } of providers) {
    await put(request, `/api/v1/providers/${slug}`, {
      ...{ name, baseUrl: 'http://127.0.0.1:9/v1', apiShape: 'openai', allowPrivateNetwork: true },
    })
    await put(request, '/api/v1/endpoints', {
      ...{
        model,
        provider: slug,
        promptUsdPerMTok,
        completionUsdPerMTok: 3,
        supportsTools: true,
        enabled: true,
      },
    })
  }
  const [helios, borealis, cumulus] = providers
  if (!helios || !borealis || !cumulus) throw new Error('three providers were made')
  return { model, helios, borealis, cumulus }
}

/** A preset of one's own by the API. */
export async function createOwnPreset(request: APIRequestContext, data: Record<string, unknown> = {}) {
  const slug = ownName('preset')
  const response = await request.post('/api/v1/presets', {
    headers: BEARER,
    data: { slug, name: `Preset ${slug}`, ...data },
  })
  expect(response.status(), await response.text()).toBe(201)
  return { slug, name: `Preset ${slug}` }
}

/** What the API says of a preset's version in use. */
export async function readPreset(request: APIRequestContext, slug: string) {
  const response = await request.get(`/api/v1/presets/${slug}`, { headers: BEARER })
  expect(response.status()).toBe(200)
  return (await response.json()).data.designated_version
}

/** Changes a preset as somebody else would, past the browser. */
export async function changePreset(request: APIRequestContext, slug: string, data: object): Promise<void> {
  const response = await request.patch(`/api/v1/presets/${slug}`, { headers: BEARER, data })
  expect(response.status(), await response.text()).toBe(200)
}

/** Opens a preset's form. */
export async function openPreset(page: Page, { slug, name }: { slug: string; name: string }): Promise<void> {
  await page.goto(`/presets/${slug}`)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

/** Whom the form's plan would ask first. */
export function firstTried(page: Page): Locator {
  return page.getByRole('list', { name: 'Tried in this order' }).getByRole('listitem').first()
}

async function put(request: APIRequestContext, url: string, data: object): Promise<void> {
  const response = await request.put(url, { headers: BEARER, data })
  expect(response.ok(), await response.text()).toBe(true)
}
