import { expect, test } from 'vitest'
import { AppError } from '../platform/errors'
import { bindCsvColumns, bindJsonKeys } from './bind-columns'
import { mapRow } from './map-row'

const azure = {
  columns: { startedAt: 'TIMESTAMP', promptTokens: 'ContextTokens', completionTokens: 'GeneratedTokens' },
  constants: { model: 'azure/conv', provider: 'azure', callerKind: 'human' },
}
const azureHeader = ['TIMESTAMP', 'ContextTokens', 'GeneratedTokens']

test('maps a row of a trace to a wire record', () => {
  const plan = bindCsvColumns(azure, azureHeader)
  expect(mapRow(plan, ['2023-11-16 18:15:46.6805900', '374', '44'])).toEqual({
    record: {
      model: 'azure/conv',
      provider: 'azure',
      callerKind: 'human',
      startedAt: '2023-11-16T18:15:46.680Z',
      promptTokens: 374,
      completionTokens: 44,
    },
  })
})

test('leaves a blank cell out of the record', () => {
  const plan = bindCsvColumns(azure, azureHeader)
  const mapped = mapRow(plan, ['2023-11-16 18:15:46', '', '44'])
  expect('record' in mapped && Object.keys(mapped.record)).not.toContain('promptTokens')
})

test('names every field and column a row is wrong in', () => {
  const plan = bindCsvColumns(azure, azureHeader)
  expect(mapRow(plan, ['16.11.2023', '3 7 4', '44'])).toEqual({
    errors: [
      {
        path: 'startedAt',
        message:
          'expected a date with its year first or its month in letters; day and month cannot be told apart here, found "16.11.2023" in column "TIMESTAMP"',
      },
      {
        path: 'promptTokens',
        message: 'expected a whole number, 0 or more, found "3 7 4" in column "ContextTokens"',
      },
    ],
  })
})

test('rejects a row whose time is blank', () => {
  const plan = bindCsvColumns(azure, azureHeader)
  expect(mapRow(plan, ['', '374', '44'])).toEqual({ errors: [{ path: 'startedAt', message: 'missing' }] })
})

test('takes columns named like a field without being told', () => {
  const plan = bindCsvColumns({ columns: {}, constants: {} }, ['startedAt', 'model', 'notes'])
  expect(plan.ignoredColumns).toEqual(['notes'])
  expect(mapRow(plan, ['2023-11-16T00:00:00Z', 'acme/atlas-120b', 'x'])).toEqual({
    record: { startedAt: '2023-11-16T00:00:00.000Z', model: 'acme/atlas-120b' },
  })
})

test('lets a constant win over a column of the same name', () => {
  const plan = bindCsvColumns({ columns: {}, constants: { model: 'acme/b' } }, ['startedAt', 'model'])
  expect(mapRow(plan, ['2023-11-16', 'acme/a'])).toMatchObject({ record: { model: 'acme/b' } })
})

test('fills places inside promptParts, attempts and toolCalls', () => {
  const columns = {
    startedAt: 't',
    'promptParts.system': 's',
    'attempts.0.provider': 'p0',
    'attempts.1.httpStatus': 'h1',
    'toolCalls.0.name': 'call',
  }
  const plan = bindCsvColumns({ columns, constants: { model: 'a/b' } }, ['t', 's', 'p0', 'h1', 'call'])
  expect(mapRow(plan, ['2023-11-16', '12', 'helios', '200', 'get_weather'])).toMatchObject({
    record: {
      promptParts: { system: 12 },
      attempts: [{ provider: 'helios' }, { httpStatus: 200 }],
      toolCalls: [{ name: 'get_weather' }],
    },
  })
})

test('follows a dotted path into JSON, unless a key has that very name', () => {
  const columns = { promptTokens: 'usage.input', completionTokens: 'a.b', app: 'choices.0.app' }
  const plan = bindJsonKeys({ columns, constants: { model: 'a/b' } })
  const row = {
    startedAt: 1_700_158_546,
    usage: { input: 7 },
    'a.b': 9,
    a: { b: 1 },
    choices: [{ app: 'shop' }],
  }
  expect(mapRow(plan, row)).toEqual({
    record: {
      model: 'a/b',
      startedAt: '2023-11-16T18:15:46.000Z',
      promptTokens: 7,
      completionTokens: 9,
      app: 'shop',
    },
  })
})

test('is not fooled by keys of the object prototype', () => {
  const plan = bindJsonKeys({ columns: { app: 'constructor.name' }, constants: { model: 'a/b' } })
  expect(mapRow(plan, { startedAt: '2023-11-16' })).toEqual({
    record: { model: 'a/b', startedAt: '2023-11-16T00:00:00.000Z' },
  })
})

test.each([
  [{ columns: { promtTokens: 'x' }, constants: {} }, /no field "promtTokens".*promptTokens/],
  [{ columns: { '__proto__.x': 'x' }, constants: {} }, /no field/],
  [{ columns: { 'attempts.x.provider': 'x' }, constants: {} }, /no field/],
  [{ columns: { 'attempts.1000000.provider': 'x' }, constants: {} }, /no field/],
  [{ columns: { startedAt: 'TIME' }, constants: {} }, /no column "TIME".*"TIMESTAMP", "Tokens"/],
  [{ columns: {}, constants: { model: 'a/b' } }, /needs startedAt/],
  [{ columns: { startedAt: 'TIMESTAMP' }, constants: {} }, /needs model/],
  [{ columns: {}, constants: { promptTokens: 'many' } }, /--set promptTokens: expected a whole number/],
  [{ columns: { model: 'TIMESTAMP' }, constants: { model: 'a/b' } }, /both --map and --set/],
])('says why the mapping %j does not fit', (mapping, message) => {
  const bind = () => bindCsvColumns(mapping, ['TIMESTAMP', 'Tokens'])
  expect(bind).toThrow(AppError)
  expect(bind).toThrow(message)
})
