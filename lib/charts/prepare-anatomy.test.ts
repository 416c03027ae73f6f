import { expect, test } from 'vitest'
import type { AnatomyOfKind } from '../analytics/agents/anatomy/schema'
import { PART_COLORS, TURN_PARTS } from './part-colors'
import { prepareAnatomy } from './prepare-anatomy'

/** A turn of 900 prompt tokens, of which nothing more is known, and 100 completion tokens; overrides last. */
function makeKind(overrides: Partial<AnatomyOfKind> = {}): AnatomyOfKind {
  return {
    requests: 1,
    tokensKnown: 1,
    averageTokens: 1000,
    averagePromptTokens: 900,
    averageCompletionTokens: 100,
    partsKnown: 0,
    parts: null,
    reasoningTokens: null,
    outputTokens: 100,
    cachedShare: null,
    ...overrides,
  }
}

const PARTS = {
  system: 200,
  toolDefinitions: 300,
  mcpToolDefinitions: 0,
  skills: 0,
  toolResults: 400,
  userText: 0,
  assistantHistory: 0,
}

test('parts have their tokens and their share of the turn', () => {
  const { parts, tokens, promptTokens, unknownPromptTokens } = prepareAnatomy(
    makeKind({ partsKnown: 1, parts: PARTS, reasoningTokens: 60, outputTokens: 40 }),
  )
  expect(parts.filter((part) => part.tokens)).toEqual([
    { part: 'system', tokens: 200, share: 0.2 },
    { part: 'toolDefinitions', tokens: 300, share: 0.3 },
    { part: 'toolResults', tokens: 400, share: 0.4 },
    { part: 'reasoning', tokens: 60, share: 0.06 },
    { part: 'output', tokens: 40, share: 0.04 },
  ])
  expect({ tokens, promptTokens, unknownPromptTokens }).toEqual({
    tokens: 1000,
    promptTokens: 900,
    unknownPromptTokens: null,
  })
})

test('a prompt that no log takes apart is one piece of its whole length', () => {
  const { parts, tokens, unknownPromptTokens } = prepareAnatomy(makeKind())
  expect({ tokens, unknownPromptTokens }).toEqual({ tokens: 1000, unknownPromptTokens: 900 })
  expect(parts.find(({ part }) => part === 'system')).toEqual({ part: 'system', tokens: null, share: null })
  expect(parts.find(({ part }) => part === 'reasoning')?.tokens).toBeNull()
})

test('a kind without requests has a bar of no length', () => {
  const none = makeKind({ averagePromptTokens: null, averageCompletionTokens: null, outputTokens: null })
  expect(prepareAnatomy(none)).toMatchObject({ tokens: 0, promptTokens: 0 })
})

test('no two parts share a colour', () => {
  expect(new Set(Object.values(PART_COLORS)).size).toBe(TURN_PARTS.length)
})
