import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { namesEndpoint, resolveProviderName, resolveProviderNames } from './provider-names'

const known = [
  { slug: 'deepinfra', name: 'DeepInfra' },
  { slug: 'aws', name: 'Bedrock, Ireland' },
  { slug: 'google', name: 'Google Gemini' },
  { slug: 'google-vertex', name: 'Google Vertex AI' },
  { slug: 'together', name: 'Together' },
  { slug: 'our-azure', name: 'Azure OpenAI' },
  { slug: 'x-ai', name: 'xAI' },
  { slug: 'z-ai', name: 'Z.ai' },
  { slug: 'fireworks-1', name: 'Fireworks' },
  { slug: 'fireworks-2', name: 'fireworks ai' },
  { slug: 'helios', name: 'Helios Cloud' },
]

test.each([
  ['deepinfra', 'deepinfra'],
  ['DeepInfra', 'deepinfra'],
  ['deep-infra', 'deepinfra'],
  ['Deep Infra', 'deepinfra'],
  ['deepinfra/turbo', 'deepinfra'],
  ['DeepInfra/FP8', 'deepinfra/fp8'],
  ['Amazon Bedrock', 'aws'],
  ['amazon-bedrock', 'aws'],
  ['aws.bedrock', 'aws'],
  ['Google AI Studio', 'google'],
  ['google-ai-studio', 'google'],
  ['gemini', 'google'],
  ['Google Vertex', 'google-vertex'],
  ['google-vertex/global', 'google-vertex'],
  ['vertex', 'google-vertex'],
  ['Together', 'together'],
  ['TogetherAI', 'together'],
  ['Together AI', 'together'],
  ['Azure', 'our-azure'],
  ['azure_openai', 'our-azure'],
  ['xAI', 'x-ai'],
  ['x.ai', 'x-ai'],
  ['ZAI', 'z-ai'],
  ['zhipu', 'z-ai'],
  ['HELIOS', 'helios'],
  ['helios cloud', 'helios'],
  ['Ｈｅｌｉｏｓ', 'helios'],
  ['fireworks', 'fireworks-1'],
  ['fireworks-ai', 'fireworks-2'],
  ['unheard-of', 'unheard-of'],
  ['Unheard Of/fp8', 'Unheard Of/fp8'],
  ['', ''],
])('%s is %s', (asked, expected) => {
  expect(resolveProviderNames({ known, asked: [asked] })).toEqual([expected])
})

test('several that go by one name are all meant', () => {
  const two = [
    { slug: 'bedrock-eu', name: 'Amazon Bedrock' },
    { slug: 'bedrock-us', name: 'amazon bedrock' },
  ]
  expect(resolveProviderNames({ known: two, asked: ['aws', 'Amazon Bedrock'] })).toEqual([
    'bedrock-eu',
    'bedrock-us',
  ])
})

describe('invariants', () => {
  const slugs = known.map(({ slug }) => slug)
  test('a slug is itself, and resolving twice changes nothing', () => {
    expect(resolveProviderNames({ known, asked: slugs })).toEqual(slugs)
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom(...slugs, 'AWS', 'DeepInfra/fp8'))),
        (asked) => {
          const once = resolveProviderNames({ known, asked })
          expect(resolveProviderNames({ known, asked: once })).toEqual(once)
        },
      ),
    )
  })

  test('a name of nobody stays as it was asked', () => {
    fc.assert(
      fc.property(fc.string(), (asked) => {
        expect(resolveProviderName({ known: [], asked })).toEqual([{ slug: asked, quantization: null }])
      }),
    )
  })
})

test.each([
  ['deepinfra', { provider: 'deepinfra', quantization: null }, true],
  ['deepinfra', { provider: 'deepinfra', quantization: 'fp8' as const }, true],
  ['deepinfra/fp8', { provider: 'deepinfra', quantization: 'fp8' as const }, true],
  ['deepinfra/fp8', { provider: 'deepinfra', quantization: 'bf16' as const }, false],
  ['deepinfra/fp8', { provider: 'deepinfra', quantization: null }, false],
  ['deepinfra', { provider: 'deepinfra2', quantization: null }, false],
])('%s at %o: %s', (name, endpoint, expected) => {
  expect(namesEndpoint(name, endpoint)).toBe(expected)
})
