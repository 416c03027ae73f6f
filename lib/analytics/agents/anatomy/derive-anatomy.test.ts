import { describe, expect, test } from 'vitest'
import { type AnatomySums, deriveAnatomy } from './derive-anatomy'

const NO_PARTS = {
  system: 0,
  toolDefinitions: 0,
  mcpToolDefinitions: 0,
  skills: 0,
  toolResults: 0,
  userText: 0,
  assistantHistory: 0,
}

/** Ten requests of 1,000 prompt and 100 completion tokens; overrides last. */
function makeSums(overrides: Partial<AnatomySums> = {}): AnatomySums {
  return {
    requests: 10,
    tokensKnown: 10,
    promptTokens: 10_000,
    completionTokens: 1_000,
    cachedTokens: 0,
    cacheKnownPromptTokens: 0,
    reasoningTokens: 0,
    reasoningKnownCompletionTokens: 0,
    partsKnown: 0,
    parts: NO_PARTS,
    ...overrides,
  }
}

test('averages are over the requests whose tokens are known', () => {
  expect(deriveAnatomy(makeSums({ requests: 40 }), null).agentic).toMatchObject({
    requests: 40,
    tokensKnown: 10,
    averageTokens: 1100,
    averagePromptTokens: 1000,
    averageCompletionTokens: 100,
  })
})

describe('the factor', () => {
  test('says how many human requests an agentic one costs', () => {
    const human = makeSums({ promptTokens: 500, completionTokens: 50 })
    expect(deriveAnatomy(makeSums(), human).factor).toBe(20)
  })

  test.each([
    ['without agentic requests', null, makeSums()],
    ['without human requests', makeSums(), null],
    ['when no human request knows its tokens', makeSums(), makeSums({ tokensKnown: 0 })],
    ['when people use no tokens', makeSums(), makeSums({ promptTokens: 0, completionTokens: 0 })],
  ])('is not known %s', (_, agentic, human) => {
    expect(deriveAnatomy(agentic, human).factor).toBeNull()
  })
})

describe('parts of the prompt', () => {
  test('are averages over the requests that know them, not over all', () => {
    const parts = { ...NO_PARTS, system: 800, toolResults: 1200 }
    const { agentic } = deriveAnatomy(makeSums({ partsKnown: 2, parts }), null)
    expect(agentic.parts).toEqual({ ...NO_PARTS, system: 400, toolResults: 600 })
    expect(agentic).toMatchObject({ requests: 10, partsKnown: 2 })
  })

  test('are not known, rather than zero, when no request says them', () => {
    expect(deriveAnatomy(makeSums(), null).agentic.parts).toBeNull()
  })
})

describe('the completion', () => {
  test('is split as in the requests that say how much was reasoning', () => {
    const sums = makeSums({ reasoningTokens: 120, reasoningKnownCompletionTokens: 400 })
    expect(deriveAnatomy(sums, null).agentic).toMatchObject({ reasoningTokens: 30, outputTokens: 70 })
  })

  test('that is known to hold no reasoning has zero of it', () => {
    const sums = makeSums({ reasoningKnownCompletionTokens: 1000 })
    expect(deriveAnatomy(sums, null).agentic).toMatchObject({ reasoningTokens: 0, outputTokens: 100 })
  })

  test('stays whole while nobody says how much was reasoning', () => {
    expect(deriveAnatomy(makeSums(), null).agentic).toMatchObject({
      reasoningTokens: null,
      outputTokens: 100,
    })
  })

  test('is never less than nothing, whatever a log counts as reasoning', () => {
    const sums = makeSums({ reasoningTokens: 900, reasoningKnownCompletionTokens: 600 })
    expect(deriveAnatomy(sums, null).agentic).toMatchObject({ reasoningTokens: 100, outputTokens: 0 })
  })
})

test('the cached share is of the prompts whose cache is known', () => {
  const sums = makeSums({ cachedTokens: 1500, cacheKnownPromptTokens: 2000 })
  expect(deriveAnatomy(sums, null).agentic.cachedShare).toBe(0.75)
  expect(deriveAnatomy(makeSums(), null).agentic.cachedShare).toBeNull()
})

test('a kind without requests has no average of anything', () => {
  const { human } = deriveAnatomy(makeSums(), null)
  const { requests, tokensKnown, partsKnown, ...averages } = human
  expect([requests, tokensKnown, partsKnown]).toEqual([0, 0, 0])
  expect(Object.values(averages).every((value) => value === null)).toBe(true)
})
