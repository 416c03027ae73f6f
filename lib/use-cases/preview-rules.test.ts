import { describe, expect, test } from 'vitest'
import { tryPast, trySample, withDraft } from './preview-rules'

const NOTHING = { app: null, tool: null, systemPrompt: null }
const stored = [
  { id: 'a', useCase: 'mail', ...NOTHING, tool: 'send_*', enabled: true },
  { id: 'b', useCase: 'off', ...NOTHING, app: '*', enabled: false },
  { id: 'c', useCase: 'shop', ...NOTHING, app: 'shop-*', enabled: true },
]
const sample = { app: 'shop-bot', toolNames: ['send_mail'], systemPrompt: null }

describe('a draft', () => {
  test('takes the place of the rule it changes, even one that is switched off', () => {
    const rules = withDraft(stored, { ...NOTHING, id: 'b', app: 'any' })
    expect(rules.map(({ id, isDraft }) => [id, isDraft])).toEqual([
      ['a', false],
      ['b', true],
      ['c', false],
    ])
  })

  test('of a new rule comes last', () => {
    const rules = withDraft(stored, { ...NOTHING, useCase: 'new', app: 'any' })
    expect(rules.map(({ rule }) => rule.useCase)).toEqual(['mail', 'shop', 'new'])
  })

  test('of a rule that was deleted meanwhile comes last too', () => {
    expect(withDraft(stored, { ...NOTHING, id: 'gone', app: 'any' }).at(-1)).toMatchObject({ isDraft: true })
  })
})

test('a sample says which rule decides, and how it compares with the others', () => {
  const answer = trySample(withDraft(stored, { ...NOTHING, app: 'web', systemPrompt: '*' }), sample)
  expect(answer).toMatchObject({ useCase: 'mail', decidedBy: 0 })
  expect(answer.rules.map(({ useCase, fits }) => [useCase, fits])).toEqual([
    ['mail', true],
    ['shop', true],
    ['this rule', false],
  ])
  expect(answer.rules[2]?.fields.map(({ result }) => result)).toEqual(['differs', 'not_seen'])
  expect(trySample(withDraft([], undefined), sample)).toEqual({ useCase: null, decidedBy: null, rules: [] })
})

describe('past requests', () => {
  const apps = [
    { app: 'Shop-web', requests: 3, withoutUseCase: 1 },
    { app: 'shop-bot', requests: 5, withoutUseCase: 5 },
    { app: 'ide', requests: 90, withoutUseCase: 0 },
  ]
  const past = { apps, requests: 100, sinceMs: Date.UTC(2026, 10, 20) }

  test('are counted by app, most first', () => {
    expect(tryPast({ draft: { ...NOTHING, app: 'shop-*' }, ...past })).toEqual({
      requests: 100,
      since: '2026-11-20T00:00:00.000Z',
      isAtMost: false,
      fitting: 8,
      fittingWithoutUseCase: 6,
      apps: [apps[1], apps[0]],
      appCount: 2,
    })
  })

  test('may be fewer when the draft also asks for what was not kept', () => {
    expect(tryPast({ draft: { ...NOTHING, app: 'ide', tool: 'x' }, ...past })).toMatchObject({
      isAtMost: true,
      fitting: 90,
    })
  })

  test('say nothing of a draft without an app', () => {
    expect(tryPast({ draft: { ...NOTHING, tool: 'x' }, ...past })).toBeNull()
  })

  test('that do not exist fit nothing', () => {
    const none = { apps: [], requests: 0, sinceMs: null }
    expect(tryPast({ draft: { ...NOTHING, app: '*' }, ...none })).toMatchObject({ since: null, fitting: 0 })
  })
})
