import { expect, test } from 'vitest'
import { prepareTokenParts, type TokenUsage } from './prepare-token-parts'

const USAGE: TokenUsage = {
  promptTokens: 1000,
  cachedTokens: 600,
  completionTokens: 100,
  reasoningTokens: 40,
  promptParts: null,
}
const PARTS = {
  ...{ system: 100, toolDefinitions: 400, mcpToolDefinitions: 0, skills: 0 },
  ...{ toolResults: 200, userText: 200, assistantHistory: 100 },
}

const piecesOf = (change: Partial<TokenUsage>) =>
  prepareTokenParts({ ...USAGE, ...change })?.parts.map(({ part, tokens }) => [part, tokens])

test('a prompt whose content was not seen is split by its cache', () => {
  expect(piecesOf({})).toEqual([
    ['cachedPrompt', 600],
    ['newPrompt', 400],
    ['reasoning', 40],
    ['output', 60],
  ])
})

test('a prompt whose content was seen is split by its parts, without the empty ones', () => {
  expect(piecesOf({ promptParts: PARTS })).toEqual([
    ['system', 100],
    ['toolDefinitions', 400],
    ['toolResults', 200],
    ['userText', 200],
    ['assistantHistory', 100],
    ['reasoning', 40],
    ['output', 60],
  ])
})

test('what is unknown is not made up', () => {
  expect(piecesOf({ cachedTokens: null, reasoningTokens: null })).toEqual([
    ['prompt', 1000],
    ['output', 100],
  ])
  expect(piecesOf({ promptTokens: null, reasoningTokens: null })).toEqual([['output', 100]])
  expect(prepareTokenParts({ ...USAGE, promptTokens: null, completionTokens: null })).toBeNull()
})

test('shares are of everything and sum to one', () => {
  const prepared = prepareTokenParts({ ...USAGE, promptParts: PARTS })
  expect(prepared?.total).toBe(1100)
  expect(prepared?.parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
  expect(
    prepareTokenParts({
      ...USAGE,
      promptTokens: 0,
      cachedTokens: null,
      completionTokens: 0,
      reasoningTokens: 0,
    }),
  ).toEqual({
    total: 0,
    parts: [],
  })
})
