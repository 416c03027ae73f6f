import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  compileUseCaseRule,
  compileUseCaseRules,
  explainUseCaseRule,
  findUseCase,
  looksAtAppAlone,
  problemOfUseCase,
  type UseCaseRequest,
  type UseCaseRule,
} from './use-case'

const rule = (patterns: Partial<UseCaseRule>): UseCaseRule => ({
  useCase: 'code review',
  app: null,
  tool: null,
  systemPrompt: null,
  enabled: true,
  ...patterns,
})
const request = (seen: Partial<UseCaseRequest>): UseCaseRequest => ({
  app: null,
  toolNames: null,
  systemPrompt: null,
  ...seen,
})
const fits = (patterns: Partial<UseCaseRule>, seen: Partial<UseCaseRequest>) =>
  findUseCase(compileUseCaseRules([rule(patterns)]), request(seen)) !== null

describe('a pattern stands for the whole text, * for any part of it', () => {
  test.each([
    ['shop-bot', 'shop-bot', true],
    ['shop-bot', 'shop-bot-2', false],
    ['shop-bot', 'my shop-bot', false],
    ['Shop-BOT', 'shop-bot', true],
    ['shop-*', 'shop-bot', true],
    ['shop-*', 'shop-', true],
    ['shop-*', 'workshop-bot', false],
    ['*bot', 'shop-bot', true],
    ['*bot', 'bots', false],
    ['*shop*', 'workshop', true],
    ['*', 'anything', true],
    ['**', 'anything', true],
    ['a*b*c', 'abc', true],
    ['a*b*c', 'a-c-b', false],
    ['a*b*c', 'a1b2b3c', true],
    ['ab*ba', 'aba', false],
    ['a.c', 'abc', false],
    ['(a+)+$', 'aaaa', false],
    ['two words', 'two \n  words', true],
    [' two  words ', 'two words', true],
  ])('%j on %j: %j', (pattern, app, expected) => {
    expect(fits({ app: pattern }, { app })).toBe(expected)
  })
})

describe('a rule fits when all its patterns do', () => {
  const seen = { app: 'ide', toolNames: ['read_file', 'Run_Tests'], systemPrompt: 'You review\ncode.' }
  test.each<[string, Partial<UseCaseRule>, Partial<UseCaseRequest>, boolean]>([
    ['any offered tool may fit', { tool: 'run_*' }, seen, true],
    ['no offered tool fits', { tool: 'send_*' }, seen, false],
    ['part of the prompt', { systemPrompt: '*review code*' }, seen, true],
    ['all three', { app: 'ide', tool: '*file', systemPrompt: 'you*' }, seen, true],
    ['one of three differs', { app: 'ide', tool: '*file', systemPrompt: 'I am*' }, seen, false],
    ['tools were not seen', { tool: '*' }, { ...seen, toolNames: null }, false],
    ['no tools were offered', { tool: '*' }, { ...seen, toolNames: [] }, false],
    ['the prompt was not seen', { systemPrompt: '*' }, { ...seen, systemPrompt: null }, false],
    ['there is no system prompt', { systemPrompt: '*' }, { ...seen, systemPrompt: ' \n' }, false],
    ['no app is named', { app: '*' }, { ...seen, app: null }, false],
    ['a rule without patterns fits nothing', {}, seen, false],
    ['a rule that is switched off fits nothing', { app: 'ide', enabled: false }, seen, false],
  ])('%s', (_case, patterns, sample, expected) => {
    expect(fits(patterns, sample)).toBe(expected)
  })

  test('the first rule that fits wins', () => {
    const rules = compileUseCaseRules([
      rule({ useCase: 'off', app: '*', enabled: false }),
      rule({ useCase: 'other app', app: 'web' }),
      rule({ useCase: 'first', tool: 'read_*' }),
      rule({ useCase: 'second', app: '*' }),
    ])
    expect(findUseCase(rules, request(seen))).toBe('first')
    expect(findUseCase(rules, request({ app: 'x' }))).toBe('second')
    expect(findUseCase(rules, request({}))).toBeNull()
  })

  test('says of each pattern what came of it', () => {
    const compiled = compileUseCaseRule(rule({ app: 'ID*', tool: 'run_*', systemPrompt: 'x' }))
    expect(explainUseCaseRule(compiled, request(seen))).toEqual([
      { field: 'app', pattern: 'ID*', result: 'fits', fitted: 'ide' },
      { field: 'tool', pattern: 'run_*', result: 'fits', fitted: 'Run_Tests' },
      { field: 'systemPrompt', pattern: 'x', result: 'differs', fitted: null },
    ])
    expect(explainUseCaseRule(compiled, request({})).map(({ result }) => result)).toEqual([
      'not_seen',
      'not_seen',
      'not_seen',
    ])
  })
})

test('only the beginning of a long prompt is looked at', () => {
  const systemPrompt = `${'x'.repeat(20_000)}needle`
  expect(fits({ systemPrompt: '*needle*' }, { systemPrompt })).toBe(false)
  expect(fits({ systemPrompt: 'x*' }, { systemPrompt })).toBe(true)
})

test('two hundred patterns written to be slow take no more than moments', () => {
  const systemPrompt = 'a'.repeat(20_000)
  const slow = [
    'a*'.repeat(99).concat('b'),
    `*${'a'.repeat(198)}b`,
    `*b${'a'.repeat(198)}`,
    '*a*b*'.repeat(40),
  ]
  const rules = Array.from({ length: 200 }, (_, index) =>
    rule({ systemPrompt: slow[index % slow.length] ?? '' }),
  )
  const startedAt = performance.now()
  expect(findUseCase(compileUseCaseRules(rules), request({ systemPrompt }))).toBeNull()
  expect(performance.now() - startedAt).toBeLessThan(1000)
})

test('a text fits every pattern that hides some of its parts behind *', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '-'), minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.array(fc.record({ word, isHidden: fc.boolean() }), { minLength: 1 }), (parts) => {
      const app = parts.map((part) => part.word).join('')
      const pattern = parts.map((part) => (part.isHidden ? '*' : part.word)).join('')
      expect(fits({ app: pattern }, { app: app.toUpperCase() })).toBe(true)
    }),
  )
})

test('agrees with a matcher that tries everything', () => {
  const short = (unit: string[]) => fc.string({ unit: fc.constantFrom(...unit), minLength: 1, maxLength: 8 })
  const slowly = (text: string, pattern: string): boolean => {
    if (pattern === '') return text === ''
    if (pattern[0] === '*') {
      return slowly(text, pattern.slice(1)) || (text !== '' && slowly(text.slice(1), pattern))
    }
    return text[0] === pattern[0] && slowly(text.slice(1), pattern.slice(1))
  }
  fc.assert(
    fc.property(short(['a', 'b']), short(['a', 'b', '*']), (text, pattern) => {
      expect(fits({ app: pattern }, { app: text })).toBe(slowly(text, pattern))
    }),
    { numRuns: 2000 },
  )
})

test.each([
  ['code review', null],
  ['support/tier-1', null],
  ['Übersetzung', null],
  ['', /letters/],
  [' code', /letters/],
  ['<b>', /letters/],
  ['unknown', /stands for none/],
  ['x'.repeat(101), /at most 100/],
])('%j as a name: %s', (name, problem) => {
  if (problem === null) expect(problemOfUseCase(name)).toBeNull()
  else expect(problemOfUseCase(name)).toMatch(problem)
})

test('only the app of past requests was kept', () => {
  expect(looksAtAppAlone(rule({ app: 'x' }))).toBe(true)
  expect(looksAtAppAlone(rule({ app: 'x', tool: 'y' }))).toBe(false)
  expect(looksAtAppAlone(rule({}))).toBe(false)
})
