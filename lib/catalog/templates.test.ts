import { expect, test } from 'vitest'
import { providerSlug, putProviderBody } from './schema'
import { PROVIDER_TEMPLATES } from './templates'

test('no two templates share a slug or a name', () => {
  expect(new Set(PROVIDER_TEMPLATES.map(({ slug }) => slug)).size).toBe(PROVIDER_TEMPLATES.length)
  expect(new Set(PROVIDER_TEMPLATES.map(({ name }) => name)).size).toBe(PROVIDER_TEMPLATES.length)
})

test.each(PROVIDER_TEMPLATES.map((template) => [template.name, template] as const))(
  '%s fills the form with what the API takes',
  (_name, { slug, name, baseUrl, apiShape, needsKey }) => {
    expect(providerSlug.safeParse(slug).success).toBe(true)
    if (baseUrl === null) return
    expect(putProviderBody.parse({ name, baseUrl, apiShape }).baseUrl).toBe(baseUrl)
    // A key never travels in clear text to another machine.
    expect(new URL(baseUrl).protocol).toBe(needsKey ? 'https:' : 'http:')
  },
)
