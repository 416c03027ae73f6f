import { describe, expect, test } from 'vitest'
import { putEndpointBody } from '@/lib/catalog/schema'
import { EMPTY_ENDPOINT, type SuggestedField, toBody, withSuggestion } from './endpoint-input'

const input = { ...EMPTY_ENDPOINT, model: ' acme/atlas-120b ' }

describe('toBody', () => {
  test('sends null for what is empty', () => {
    expect(toBody({ input, provider: 'helios' })).toEqual({
      provider: 'helios',
      model: 'acme/atlas-120b',
      upstreamModel: null,
      promptUsdPerMTok: null,
      cachedUsdPerMTok: null,
      completionUsdPerMTok: null,
      contextLength: null,
      quantization: null,
      supportsTools: null,
      supportsReasoning: null,
      supportsStructuredOutput: null,
      inputModalities: [],
      outputModalities: [],
      maxCompletionTokens: null,
      enabled: true,
    })
  })

  test.each([
    ['0', 0],
    ['2.5', 2.5],
    ['$2.50', 2.5],
    [' 1,000 ', 1000],
  ])('reads the price %s', (text, usd) => {
    expect(toBody({ input: { ...input, promptUsdPerMTok: text }, provider: 'helios' }).promptUsdPerMTok).toBe(
      usd,
    )
  })

  test.each(['cheap', '2.5.1', '-1', '1e9'])('lets the contract refuse the price %s', (text) => {
    const body = toBody({ input: { ...input, promptUsdPerMTok: text }, provider: 'helios' })
    expect(putEndpointBody.safeParse(body).error?.issues.map(({ path }) => path[0])).toEqual([
      'promptUsdPerMTok',
    ])
  })
})

describe('withSuggestion', () => {
  const suggestion = {
    promptUsdPerMTok: 2.5,
    cachedUsdPerMTok: null,
    completionUsdPerMTok: 10,
    contextLength: 128_000,
    supportsReasoning: null,
    supportsStructuredOutput: null,
    inputModalities: [],
    outputModalities: [],
  }

  test('fills what is empty, and nothing that somebody has touched', () => {
    const filled = withSuggestion({
      input: { ...input, completionUsdPerMTok: '9' },
      suggestion,
      touched: new Set<SuggestedField>(['contextLength']),
    })
    expect(filled).toMatchObject({
      promptUsdPerMTok: '2.5',
      cachedUsdPerMTok: '',
      completionUsdPerMTok: '9',
      contextLength: '',
    })
  })

  test('changes nothing while there is none', () => {
    expect(withSuggestion({ input, suggestion: undefined, touched: new Set() })).toBe(input)
  })
})
