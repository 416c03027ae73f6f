import { expect, test } from 'vitest'
import { connectModelsBody, type ModelOffer } from '@/lib/catalog/model-list-schema'
import { searchOffers, toConnectBody } from './model-offers'

const offer = (upstreamModel: string, over: Partial<ModelOffer> = {}): ModelOffer => ({
  model: `acme/${upstreamModel.toLowerCase()}`,
  upstreamModel,
  promptUsdPerMTok: null,
  cachedUsdPerMTok: null,
  completionUsdPerMTok: null,
  contextLength: null,
  maxCompletionTokens: null,
  supportsTools: null,
  supportsReasoning: null,
  supportsStructuredOutput: null,
  inputModalities: [],
  outputModalities: [],
  isConnected: false,
  ...over,
})

test.each([
  ['', ['Atlas-120B', 'atlas-mini', 'Nova']],
  ['atlas', ['Atlas-120B', 'atlas-mini']],
  [' MINI  acme ', ['atlas-mini']],
  ['zenith', []],
])('"%s" finds %j', (sought, expected) => {
  const offers = [offer('Atlas-120B'), offer('atlas-mini'), offer('Nova')]
  expect(searchOffers(offers, sought).map(({ upstreamModel }) => upstreamModel)).toEqual(expected)
})

test('what the list does not say is left out, what it says is sent', () => {
  const body = toConnectBody([
    offer('Atlas', { promptUsdPerMTok: 0, supportsTools: false, inputModalities: ['text', 'image'] }),
  ])
  expect(body).toEqual({
    endpoints: [
      {
        model: 'acme/atlas',
        upstreamModel: 'Atlas',
        promptUsdPerMTok: 0,
        supportsTools: false,
        inputModalities: ['text', 'image'],
      },
    ],
  })
  expect(connectModelsBody.parse(body)).toEqual(body)
})
