import { describe, expect, test } from 'vitest'
import { suggestEndpoint } from './suggest-endpoint'

const atMs = Date.UTC(2026, 5, 1)
/** A family nobody knows. */
const unsaid = {
  inputModalities: [],
  outputModalities: [],
  supportsReasoning: null,
  supportsStructuredOutput: null,
}
const gpt4oFamily = {
  inputModalities: ['text', 'image', 'file'],
  outputModalities: ['text'],
  supportsReasoning: false,
  supportsStructuredOutput: true,
}
const nothing = {
  promptUsdPerMTok: null,
  cachedUsdPerMTok: null,
  completionUsdPerMTok: null,
  contextLength: null,
}
const gpt4o = {
  promptUsdPerMTok: 2.5,
  cachedUsdPerMTok: 1.25,
  completionUsdPerMTok: 10,
  contextLength: 128_000,
  ...gpt4oFamily,
}

describe('suggestEndpoint', () => {
  test.each<[string, { model: string; provider: string; baseUrl: string | null }, Record<string, unknown>]>([
    ['a known provider', { model: 'openai/gpt-4o', provider: 'openai', baseUrl: null }, gpt4o],
    [
      'a provider known by its address',
      { model: 'openai/gpt-4o', provider: 'our-openai', baseUrl: 'https://api.openai.com/v1' },
      gpt4o,
    ],
    [
      'a provider nobody knows',
      { model: 'openai/gpt-4o', provider: 'helios', baseUrl: null },
      { ...nothing, ...gpt4oFamily },
    ],
    [
      "another host that has the known one's name in its path",
      {
        model: 'openai/gpt-4o',
        provider: 'helios',
        baseUrl: 'https://helios.example/https://api.openai.com',
      },
      { ...nothing, ...gpt4oFamily },
    ],
    [
      'a model nobody knows',
      { model: 'acme/atlas-120b', provider: 'openai', baseUrl: null },
      { ...nothing, ...unsaid },
    ],
  ])('%s', (_case, input, expected) => {
    expect(suggestEndpoint({ ...input, atMs })).toEqual(expected)
  })

  test('gives the first tier where a price has several', () => {
    const suggestion = suggestEndpoint({
      model: 'google/gemini-2.5-pro',
      provider: 'google',
      baseUrl: null,
      atMs,
    })
    expect(suggestion).toMatchObject({ promptUsdPerMTok: 1.25, completionUsdPerMTok: 10 })
  })
})
