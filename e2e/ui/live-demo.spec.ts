import type { Page } from '@playwright/test'
import { ownModel } from '../own-model'
import { BEARER } from '../server-under-test'
import { ownName, type SimulatedUpstream, startSimulatedUpstream } from '../simulated-upstream'
import { connectSimulated, runTrialCommand } from '../trial-command'
import { expect, test } from './test'

// The talk's live demo: a console program makes 213 tool calls through a preset and gets errors; somebody edits the
// preset in the browser; the same program, run again, is served by another provider and gets none.

let upstream: SimulatedUpstream
test.beforeAll(async () => {
  upstream = await startSimulatedUpstream()
})
test.afterAll(() => upstream.stop())

test('the same command, before and after the preset was edited in the form', async ({
  signedIn: page,
  request,
}) => {
  test.setTimeout(120_000)
  const model = ownModel()
  const connectAs = (word: string, profile: object) =>
    connectSimulated({ request, upstream, word, model, profile })
  const faulty = await connectAs('millrace', {
    faults: { invalid_json: 0.12, unknown_name: 0.05, schema_mismatch: 0.14 },
  })
  const healthy = await connectAs('helios', {})
  const slug = ownName('tool-runner')
  const config = { models: [model], provider: { order: [faulty], allow_fallbacks: false } }
  const created = await request.post('/api/v1/presets', { headers: BEARER, data: { slug, config } })
  expect(created.status()).toBe(201)

  const command = ['--preset', slug, '--calls', '213', '--concurrency', '8', '--seconds', '100']
  const before = await runTrialCommand(command)
  expect(before.exitCode).toBe(0)
  expect(before.stdout).toMatch(/^213 calls in .*: [1-9]\d* errors$/m)
  expect(before.stdout).toMatch(new RegExp(`^  provider   ${faulty} 213`, 'm'))

  await editProvider(page, { slug, from: faulty, to: healthy })

  const after = await runTrialCommand(command)
  expect(after.exitCode).toBe(0)
  expect(after.stdout).toMatch(/^213 calls in .*: 0 errors$/m)
  expect(after.stdout).toMatch(new RegExp(`^  provider   ${healthy} 213$`, 'm'))

  await page.goto('/trials')
  const runs = page.getByRole('region', { name: 'Runs' }).getByRole('row').filter({ hasText: slug })
  await expect(runs).toHaveCount(2)
  await expect(runs.first()).toContainText(healthy)
  await expect(runs.last()).toContainText(faulty)
  for (const run of await runs.all()) await run.getByRole('checkbox').check()
  const sideBySide = page.getByRole('region', { name: 'Side by side' })
  await expect(sideBySide).toContainText(
    new RegExp(`\\d+ errors before, none after; ${healthy} answered instead of ${faulty}\\.`),
  )
  const edited = sideBySide.getByRole('region', { name: 'What was edited' })
  await expect(edited).toContainText('from version 1 to 2')
  await expect(edited).toContainText('provider.order')
  await expect(sideBySide.getByRole('row', { name: /^Preset version v1 v2/ })).toBeVisible()
  await expect(
    sideBySide.getByRole('row', { name: new RegExp(`^Provider ${faulty} ${healthy}`) }),
  ).toBeVisible()
  await expect(sideBySide.getByRole('row', { name: /^Errors \d+ · [\d.]+% 0 −/ })).toBeVisible()
})

/** Takes one provider out of the preset's order and puts another one in, as a person does in the form. */
async function editProvider(
  page: Page,
  { slug, from, to }: { slug: string; from: string; to: string },
): Promise<void> {
  await page.goto(`/presets/${slug}`)
  await page.getByRole('button', { name: `Remove ${from}` }).click()
  await page.getByRole('button', { name: 'Add to the order' }).click()
  const picker = page.getByRole('dialog', { name: 'Add to the order' })
  await picker.getByRole('combobox').fill(to)
  await picker.getByRole('option').filter({ hasText: to }).click()
  await page.keyboard.press('Escape')
  const tried = page.getByRole('list', { name: 'Tried in this order' })
  await expect(tried).toContainText(to)
  await expect(tried).not.toContainText(from)
  await page.getByRole('button', { name: 'Save as version 2' }).click()
  await expect(page.getByText('Saved as version 2')).toBeVisible()
}
