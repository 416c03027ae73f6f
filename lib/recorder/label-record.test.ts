import { expect, test } from 'vitest'
import type { RequestRecord } from '../records/request-record'
import { compileUseCaseRules } from '../records/use-case'
import type { CallerKind } from '../records/vocabulary'
import { makeBareRecord } from '../testing/make-record'
import { type Labels, labelRecord, NO_LABELS } from './label-record'

const RULE = { app: null, tool: null, systemPrompt: null, enabled: true }
const labels: Labels = {
  useCaseRules: compileUseCaseRules([
    { ...RULE, useCase: 'code', tool: 'read_*' },
    { ...RULE, useCase: 'shop', app: 'shop-*' },
  ]),
  kindByApp: new Map<string, CallerKind>([['shop-bot', 'human']]),
  kindByApiKey: new Map<number, CallerKind>([[7, 'agentic']]),
}

type Said = Omit<Partial<RequestRecord>, 'attempts'>

const label = (said: Said, apiKeyId = 1) =>
  labelRecord({ record: makeBareRecord({ startedAtMs: 0, ...said }), apiKeyId, labels })

const offersRead = { toolNames: ['read_file'], systemPrompt: null }

test.each<[string, Said, string | null]>([
  ['its own stays', { useCase: 'own', app: 'shop-bot' }, 'own'],
  ['unknown says nothing', { useCase: 'unknown', app: 'shop-bot' }, 'shop'],
  ['the first rule that fits', { app: 'shop-bot', useCaseSignals: offersRead }, 'code'],
  ['the next one', { app: 'shop-bot' }, 'shop'],
  ['none fits', { app: 'web' }, null],
  ['none fits and the log said unknown', { app: 'web', useCase: 'unknown' }, 'unknown'],
])('use case: %s', (_case, record, useCase) => {
  expect(label(record).useCase).toBe(useCase)
})

test.each<[string, Said, number, [CallerKind, string]]>([
  ['nobody declared', { app: 'web' }, 1, ['unknown', 'no_tool_information']],
  ['the key', { app: 'web' }, 7, ['agentic', 'declared']],
  ['the app before the key', { app: 'shop-bot' }, 7, ['human', 'declared']],
  [
    'the record before both',
    { app: 'shop-bot', callerKind: 'agentic', callerReason: 'declared' },
    7,
    ['agentic', 'declared'],
  ],
  [
    'before what was concluded',
    { app: 'shop-bot', callerKind: 'agentic', callerReason: 'finished_by_tool_call' },
    1,
    ['human', 'declared'],
  ],
])('caller kind: %s', (_case, record, apiKeyId, [callerKind, callerReason]) => {
  expect(label(record, apiKeyId)).toMatchObject({ callerKind, callerReason })
})

test('what rules look at goes no further, whether one fitted or not', () => {
  const signals = { toolNames: ['x'], systemPrompt: 'secret' }
  expect(label({ useCaseSignals: signals })).not.toHaveProperty('useCaseSignals')
  const record = makeBareRecord({ startedAtMs: 0, useCaseSignals: signals })
  expect(labelRecord({ record, apiKeyId: 1, labels: NO_LABELS })).not.toHaveProperty('useCaseSignals')
  expect(record.useCaseSignals).toBe(signals)
})

test('a record with nothing to say about stays the same one', () => {
  const record = makeBareRecord({ startedAtMs: 0, app: 'web' })
  expect(labelRecord({ record, apiKeyId: 1, labels })).toBe(record)
})
