import { BEARER } from '../server-under-test'
import { startUpstream, type Upstream } from '../upstream'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './test'

let upstream: Upstream

test.beforeAll(async () => {
  upstream = await startUpstream()
})

test.afterAll(() => upstream.close())

/** A slug of this test alone; projects run the same specs on one server. */
function ownName(project: string): string {
  return `Spec ${project} ${Date.now().toString(36)}`
}

test.describe('connecting', () => {
  // The refused saves are the point of the test.
  test.use({ expectedConsole: [/status of 422/] })

  test('a provider is connected, tested, given an endpoint, and disconnected', async ({ signedIn: page }, {
    project,
  }) => {
    const name = ownName(project.name)
    await page.goto('/settings')
    await page.getByRole('link', { name: 'Connect a provider' }).click()
    await page.getByLabel('Name').fill(name)
    await expect(page.getByLabel('Slug')).toHaveValue(name.toLowerCase().replaceAll(' ', '-'))

    await page.getByLabel('Base URL').fill('http://169.254.169.254/v1')
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await expect(page.getByText("169.254.169.254 is a cloud's metadata address")).toBeVisible()
    await expect(page.getByLabel('Base URL')).toHaveAttribute('aria-invalid', 'true')

    await page.getByLabel('Base URL').fill(upstream.baseUrl)
    await expect(page.getByRole('switch', { name: 'May live in the private network' })).toBeChecked()
    await page.getByLabel('API key').fill('sk-mistyped')
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

    await page.getByRole('button', { name: 'Test the connection' }).click()
    // The list of its models says so too.
    await expect(page.getByText('The key was refused (401)').first()).toBeVisible()
    await page.getByRole('button', { name: 'Replace' }).click()
    await page.getByLabel('API key').fill(upstream.apiKey)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByText('Saved', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Test the connection' }).click()
    await expect(page.getByText('It answered and lists 1 model.')).toBeVisible()
    await expect(page.getByText(upstream.apiKey)).toHaveCount(0)

    await page.getByRole('button', { name: 'Add an endpoint' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add an endpoint' })
    await dialog.getByLabel('Model').fill('atlas')
    await dialog.getByLabel('Prompt').fill('cheap')
    await dialog.getByRole('button', { name: 'Add the endpoint' }).click()
    await expect(dialog.getByText('expected author/slug such as')).toBeVisible()
    await expect(dialog.getByText('expected US dollars per million tokens')).toBeVisible()
    await dialog.getByLabel('Model').fill('acme/atlas-120b')
    await dialog.getByLabel('Prompt').fill('0.15')
    await dialog.getByLabel('Completion').fill('0.6')
    await dialog.getByRole('button', { name: 'Add the endpoint' }).click()
    await expect(dialog).toBeHidden()
    const row = page.getByRole('row', { name: 'atlas-120b' })
    await expect(row).toContainText('$0.15')

    await page.getByRole('button', { name: 'Test the connection' }).click()
    await expect(page.getByText('atlas-120b answered.')).toBeVisible()

    const toggle = row.getByRole('switch', { name: 'The gateway may use atlas-120b' })
    await toggle.click()
    await expect(toggle).not.toBeChecked()
    await row.getByRole('button', { name: 'Edit atlas-120b' }).click()
    const edit = page.getByRole('dialog', { name: 'Edit the endpoint' })
    await expect(edit.getByLabel('Completion')).toHaveValue('0.6')
    await edit.getByLabel('Completion').fill('0.75')
    await edit.getByRole('button', { name: 'Save' }).click()
    await expect(row).toContainText('$0.75')

    await page.getByRole('button', { name: 'Disconnect' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
    await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0)
  })
})

test('a template fills the form, and the price table fills the prices', async ({
  signedIn: page,
  request,
}) => {
  await page.goto('/settings/connect')
  await page.getByRole('radio', { name: 'Groq' }).check()
  await expect(page.getByLabel('Base URL')).toHaveValue('https://api.groq.com/openai/v1')
  await expect(page.getByText('Get a key at console.groq.com')).toBeVisible()

  const data = { name: 'OpenAI', baseUrl: 'https://93.184.215.14/v1', apiShape: 'openai' }
  await request.put('/api/v1/providers/openai', { headers: BEARER, data })
  try {
    await page.goto('/settings/providers/openai')
    await page.getByRole('button', { name: 'Add an endpoint' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add an endpoint' })
    await dialog.getByLabel('Model').fill('openai/gpt-4o')
    await expect(dialog.getByLabel('Prompt')).toHaveValue('2.5')
    await expect(dialog.getByLabel('Context, tokens')).toHaveValue('128000')
    await expect(dialog.getByText('filled in from the price table')).toBeVisible()
  } finally {
    await request.delete('/api/v1/providers/openai', { headers: BEARER })
  }
})

test('models are chosen from what a provider serves @phone', async ({ signedIn: page, request }, {
  project,
}) => {
  const slug = `chosen-${project.name}-${Date.now().toString(36)}`
  const data = { name: 'Chosen', baseUrl: upstream.baseUrl, apiShape: 'openai-chat', apiKey: upstream.apiKey }
  await request.put(`/api/v1/providers/${slug}`, { headers: BEARER, data })
  await page.goto(`/settings/providers/${slug}`)
  await expect(page.getByText('1 model', { exact: true })).toBeVisible()
  await page.getByLabel('Find a model').fill('nothing like it')
  await expect(page.getByText('No model by that name.')).toBeVisible()
  await page.getByLabel('Find a model').fill('ATLAS')
  const box = page.getByRole('checkbox', { name: `${slug}/atlas-120b` })
  await box.check()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Connect selected (1)' }).click()
  await expect(page.getByRole('switch', { name: 'The gateway may use atlas-120b' })).toBeChecked()
  await page.getByRole('button', { name: 'Choose from its models' }).click()
  const dialog = page.getByRole('dialog', { name: 'Models at Chosen' })
  await expect(dialog.getByRole('checkbox', { name: `${slug}/atlas-120b` })).toBeDisabled()
  await request.delete(`/api/v1/providers/${slug}`, { headers: BEARER })
})

test('a template asks for its parts, and sign-in for what it needs', async ({ signedIn: page }) => {
  await page.goto('/settings/connect')
  await page.getByLabel('Find a provider to start from').fill('bedrock')
  await expect(page.getByRole('radio', { name: 'Groq' })).toBeHidden()
  await page.getByRole('radio', { name: 'Amazon Bedrock', exact: true }).check()
  await page.getByLabel('Region').fill('eu-west-1')
  await expect(page.getByLabel('Base URL')).toHaveValue(
    'https://bedrock-runtime.eu-west-1.amazonaws.com/openai/v1',
  )
  await expect(page.getByLabel('API key')).toBeVisible()
  await page.getByLabel('Region').fill('Ireland')
  await page.getByLabel('Signs in with').selectOption('AWS access key, each request signed')
  await expect(page.getByLabel('Secret access key')).toBeVisible()
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(page.getByText('expected something like us-east-1')).toBeVisible()
  await expectAccessible(page)
})

test('a provider known only from logs is one click from being connected', async ({
  signedIn: page,
  request,
}) => {
  const provider = `logged-${Date.now().toString(36)}`
  const record = { id: provider, startedAt: new Date().toISOString(), model: 'acme/atlas-120b', provider }
  await request.post('/api/v1/ingest', { headers: BEARER, data: record })
  await page.goto('/settings')
  await page.getByText('more known from logs').click()
  await page.getByRole('link', { name: provider }).click()
  await expect(page.getByRole('heading', { level: 1, name: `Connect ${provider}` })).toBeVisible()
  await expect(page.getByLabel('Slug')).toHaveValue(provider)
})

test.describe('with a provider of long names', () => {
  const slug = `axe-${Date.now().toString(36)}`

  test.beforeEach(async ({ request }) => {
    const data = {
      name: 'A provider with a name that is rather long for a phone',
      baseUrl: upstream.baseUrl,
      apiShape: 'openai',
      apiKey: upstream.apiKey,
    }
    await request.put(`/api/v1/providers/${slug}`, { headers: BEARER, data })
    const endpoint = {
      model: 'acme/atlas-120b-with-a-name-that-goes-on-and-on-and-on',
      provider: slug,
      promptUsdPerMTok: 0.15,
      completionUsdPerMTok: 0.6,
    }
    await request.put('/api/v1/endpoints', { headers: BEARER, data: endpoint })
  })

  test.afterEach(async ({ request }) => {
    await request.delete(`/api/v1/providers/${slug}`, { headers: BEARER })
  })

  test('Settings lists it, accessible in light and dark @phone', async ({ signedIn: page }) => {
    await page.goto('/settings')
    await expect(page.getByRole('button', { name: /^Test the connection to A provider/ })).toBeVisible()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
  })

  test('its page is accessible in light and dark @phone', async ({ signedIn: page }) => {
    await page.goto(`/settings/providers/${slug}`)
    await expect(page.getByRole('switch', { name: /^The gateway may use atlas/ })).toBeVisible()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
  })

  test('its endpoint form is accessible in light and dark @phone', async ({ signedIn: page }) => {
    await page.goto(`/settings/providers/${slug}`)
    await page.getByRole('button', { name: 'Add an endpoint' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await expectAccessible(page)
  })
})

test('the connect page is accessible in light and dark @phone', async ({ signedIn: page }) => {
  await page.goto('/settings/connect')
  await expect(page.getByRole('button', { name: 'Connect', exact: true })).toBeVisible()
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
})
