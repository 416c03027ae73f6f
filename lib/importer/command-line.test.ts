import { expect, test } from 'vitest'
import { WIRE_FIELDS } from '../formats/sightglass/schema'
import { IMPORT_HELP, parseImportCommand } from './command-line'
import { RECORD_FIELD_NAMES } from './record-fields'

test('reads the whole command of the README', () => {
  const argv =
    'conv.csv --map startedAt=TIMESTAMP --map promptTokens=ContextTokens --set model=azure/conv --set callerKind=human'
  expect(parseImportCommand(argv.split(' '))).toEqual({
    path: 'conv.csv',
    kind: 'csv',
    format: null,
    encoding: null,
    delimiter: null,
    zone: null,
    mapping: {
      columns: { startedAt: 'TIMESTAMP', promptTokens: 'ContextTokens' },
      constants: { model: 'azure/conv', callerKind: 'human' },
    },
    source: null,
    batchSize: 1000,
    concurrency: 2,
    url: null,
  })
})

test.each([
  ['log.csv.gz', 'csv'],
  ['log.NDJSON', 'ndjson'],
  ['log.jsonl.gz', 'ndjson'],
  ['log.json', null],
  ['export', null],
])('tells how the rows of %s are written by its name', (file, kind) => {
  expect(parseImportCommand([file])).toMatchObject({ kind, format: null })
})

test.each([
  [['--format', 'litellm'], { kind: null, format: 'litellm' }],
  [['--format', 'csv', '--format', 'openrouter'], { kind: 'csv', format: 'openrouter' }],
  [['--format', 'jsonl'], { kind: 'ndjson', format: null }],
  [['--delimiter', 'semicolon'], { delimiter: ';' }],
  [['--delimiter', '|'], { delimiter: '|' }],
  [['--encoding', 'latin1', '--zone', 'Europe/Berlin'], { encoding: 'windows-1252', zone: 'Europe/Berlin' }],
])('reads %j', (argv, expected) => {
  expect(parseImportCommand(['export', ...argv])).toMatchObject(expected)
})

test('keeps equals signs in a value', () => {
  expect(parseImportCommand(['a.csv', '--map', 'app=x=y'])).toMatchObject({
    mapping: { columns: { app: 'x=y' } },
  })
})

test('explains itself', () => {
  expect(parseImportCommand(['--help'])).toBe('help')
  for (const name of RECORD_FIELD_NAMES) expect(IMPORT_HELP).toContain(name)
})

test.each([
  [[], /Name one file/],
  [['a.csv', 'b.csv'], /Name one file/],
  [['a.csv', '--mpa', 'x=y'], /--mpa/],
  [['a.csv', '--map', 'startedAt'], /expected FIELD=COLUMN/],
  [['a.csv', '--map', 'started=TIME'], /no field "started".*startedAt/],
  [['a.csv', '--set', 'model=a', '--set', 'model=b'], /given twice/],
  [['a.csv', '--batch', '0'], /--batch 0: expected a whole number from 1/],
  [['a.csv', '--concurrency', 'two'], /--concurrency two/],
  [['a.parquet', '--format', 'parquet'], /--format parquet: expected one of csv.*litellm/],
  [['a.csv', '--delimiter', 'x'], /--delimiter x: expected one of comma/],
  [['a.csv', '--encoding', 'x'], /--encoding x/],
  [['a.csv', '--zone', 'Berlin'], /--zone Berlin.*Europe\/Berlin/],
  [['a.csv', '--url', 'localhost:3000'], /--url localhost:3000/],
])('says what to change in %j', (argv, message) => {
  expect(() => parseImportCommand(argv)).toThrow(message)
})

test('knows every field the ingest endpoint takes, and no other', () => {
  expect(new Set(RECORD_FIELD_NAMES)).toEqual(WIRE_FIELDS)
})
