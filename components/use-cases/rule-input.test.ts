import { expect, test } from 'vitest'
import { asksForWholePrompt, draftOf, EMPTY_RULE, inputOf, problemsOf, type RuleInput } from './rule-input'

test('empty fields and spaces around texts mean nothing', () => {
  expect(draftOf({ useCase: ' code review ', app: ' ide-* ', tool: '', systemPrompt: '  ' })).toEqual({
    useCase: 'code review',
    app: 'ide-*',
    tool: null,
    systemPrompt: null,
  })
})

test('a stored rule is edited as it is', () => {
  const rule = {
    id: '00000000-0000-4000-8000-000000000000',
    useCase: 'mail',
    app: null,
    tool: 'send_*',
    systemPrompt: null,
    enabled: false,
    createdAt: '',
    updatedAt: '',
  }
  expect(inputOf(rule)).toEqual({ useCase: 'mail', app: '', tool: 'send_*', systemPrompt: '' })
})

test.each<[string, Partial<RuleInput>, string[]]>([
  ['a rule', { useCase: 'mail', tool: 'send_*' }, []],
  ['nothing', {}, ['useCase', 'app']],
  ['no pattern', { useCase: 'mail' }, ['app']],
  ['no name', { app: 'x' }, ['useCase']],
  ['a name of its own meaning', { useCase: 'Unknown', app: 'x' }, ['useCase']],
  ['a long pattern', { useCase: 'mail', systemPrompt: 'x'.repeat(201) }, ['systemPrompt']],
])('%s: wrong are %j', (_case, input, fields) => {
  expect(problemsOf(draftOf({ ...EMPTY_RULE, ...input })).map(({ path }) => path)).toEqual(fields)
})

test.each([
  ['', false],
  ['*review*', false],
  ['you review code', true],
])('%j asks for a whole prompt: %j', (systemPrompt, expected) => {
  expect(asksForWholePrompt({ ...EMPTY_RULE, systemPrompt })).toBe(expected)
})
