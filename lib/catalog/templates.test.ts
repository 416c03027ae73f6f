import { expect, test } from 'vitest'
import { providerSlug, putProviderBody } from './schema'
import { fillTemplate, type ProviderTemplate, problemOfPart } from './template'
import { PROVIDER_TEMPLATES, templateOfBaseUrl } from './templates'

const each = PROVIDER_TEMPLATES.map((template) => [template.name, template] as const)

test('no two templates share a slug, a name, or an address in one shape', () => {
  for (const keyOf of [
    ({ slug }: ProviderTemplate) => slug,
    ({ name }: ProviderTemplate) => name,
    ({ baseUrl, apiShape }: ProviderTemplate) => `${apiShape} ${baseUrl}`,
  ]) {
    expect(new Set(PROVIDER_TEMPLATES.map(keyOf)).size).toBe(PROVIDER_TEMPLATES.length)
  }
})

test('no alias is also another template’s', () => {
  const keys = PROVIDER_TEMPLATES.flatMap(({ slug, aliases }) => [slug, ...aliases])
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
})

test.each(each)('%s fills the form with what the API takes', (_name, template) => {
  const { slug, name, apiShape, authScheme, apiVersion, needsKey, parameters } = template
  expect(providerSlug.safeParse(slug).success).toBe(true)
  const parts = Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.example]))
  for (const parameter of parameters) {
    expect(problemOfPart(parameter, parameter.example)).toBeNull()
    expect(problemOfPart(parameter, '')).toContain('enter')
    expect(problemOfPart(parameter, 'a/b c')).toContain('expected')
  }
  const baseUrl = fillTemplate(template.baseUrl, parts)
  expect(putProviderBody.parse({ name, baseUrl, apiShape, authScheme, apiVersion }).baseUrl).toBe(baseUrl)
  // A key never travels in clear text to another machine.
  expect(new URL(baseUrl).protocol).toBe(needsKey ? 'https:' : 'http:')
  if (needsKey) expect(templateOfBaseUrl(baseUrl)?.baseUrl).toBe(template.baseUrl)
  if (template.modelListUrl !== null)
    expect(new URL(fillTemplate(template.modelListUrl, parts)).host).toBe(new URL(baseUrl).host)
})

test.each([
  'http://127.0.0.1:11434/v1',
  'https://api.openai.com.evil.example/v1',
  'https://bedrock-runtime.us-east-1.evil.com/x.amazonaws.com/openai/v1',
  'https://example.com/v1',
])('%s is no template’s address', (baseUrl) => {
  expect(templateOfBaseUrl(baseUrl)).toBeNull()
})

test('parts that nobody entered stay in sight', () => {
  expect(fillTemplate('https://{resource}.example/{model}', { resource: ' acme ' })).toBe(
    'https://acme.example/{model}',
  )
  expect(fillTemplate('https://{resource}.example', {})).toBe('https://{resource}.example')
})
