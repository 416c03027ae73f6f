import type { APIRequestContext, Page } from '@playwright/test'
import { fastestOf } from '../fastest-of'
import { ask, onlyProvider, post } from '../gateway-client'
import { logRequests, times } from '../own-provider'
import { type SimulatedUpstream, startSimulatedUpstream, tidyUp } from '../simulated-upstream'
import { expect, test } from './test'

const WITHIN_MS = 2_000
const FAILURES = 60
const MINUTE_MS = 60_000

let upstream: SimulatedUpstream
test.beforeAll(async () => {
  upstream = await startSimulatedUpstream()
})
test.afterAll(async ({ request }) => {
  await tidyUp(request)
  await upstream.stop()
})

test('a provider starts to answer 5xx, and within two seconds every page that watches shows it @timed', async ({
  signedIn: overview,
  request,
  context,
}) => {
  test.setTimeout(240_000)
  const pages = { overview, wall: await context.newPage(), provider: await context.newPage() }
  const tookMs = await fastestOf(WITHIN_MS, () => measureOutage({ request, pages }))
  expect(tookMs).toBeLessThanOrEqual(WITHIN_MS)
})

/** How long after a healthy provider's last failure each of three open pages shows that it is down, in milliseconds. */
async function measureOutage({
  request,
  pages: { overview, wall, provider },
}: {
  request: APIRequestContext
  pages: Record<'overview' | 'wall' | 'provider', Page>
}): Promise<number> {
  const own = await onlyProvider(request, { upstream })
  await logRequests(request, own, times(40, 200, new Date(Date.now() - 10 * MINUTE_MS).toISOString()))
  expect((await post('openai', ask(own.model))).status).toBe(200)

  await overview.goto('/')
  await wall.goto('/providers')
  await provider.goto(`/providers/${own.provider}`)
  for (const page of [overview, wall, provider]) {
    await expect(page.getByText('Live', { exact: true })).toBeVisible()
  }
  const now = provider.getByRole('region', { name: 'Now', exact: true })
  // What is logged minutes late is told with the next reading of everything.
  await expect(now.getByText('Healthy', { exact: true })).toBeVisible({ timeout: 40_000 })
  const failing = wall.getByRole('list', { name: 'Endpoints that fail' })
  const worst = overview.getByRole('list', { name: 'Providers that fail now' })
  await expect(failing).not.toContainText(own.provider)
  await expect(worst).not.toContainText(own.provider)

  await upstream.behave(own.provider, { faults: { upstream_5xx: 1 } })
  await Promise.all(Array.from({ length: FAILURES }, () => post('openai', ask(own.model))))
  const failedMs = Date.now()
  await Promise.all([
    worst.getByText(own.provider).waitFor(),
    failing
      .getByRole('listitem')
      .filter({ hasText: own.provider })
      .filter({ hasText: /errors in 5 min/ })
      .waitFor(),
    now.getByText('Down', { exact: true }).waitFor(),
  ])
  return Date.now() - failedMs
}
