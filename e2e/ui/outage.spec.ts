import { expect, test } from './test'

const AWAY = {
  status: 503,
  json: { error: { code: 'unavailable', message: 'The database does not answer.' } },
}
const ASKED = /\/api\/(health$|v1\/presets)/

test.use({ expectedConsole: [/status of 503/] })

test('a page says that the database is away, and has its content once it is back, without a reload @phone', async ({
  signedIn: page,
}) => {
  await page.route(ASKED, (route) => route.fulfill(AWAY))
  await page.goto('/presets')
  const failed = page.getByRole('alert').filter({ hasText: 'The database does not answer.' })
  await expect(failed).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Presets', level: 1 })).toBeVisible()
  await page.evaluate(() => Object.assign(window, { isSamePage: true }))
  await page.unroute(ASKED)
  await expect(failed).toBeHidden()
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
})
