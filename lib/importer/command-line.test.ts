import { expect, test } from 'vitest'
import { WIRE_FIELDS } from '../formats/sightglass/schema'
import { IMPORT_HELP, parseImportCommand } from './command-line'
import { RECORD_FIELD_NAMES } from './record-fields'

test('reads the whole command of the README', () => {
  const argv =
    'conv.csv --map startedAt=TIMESTAMP --map promptTokens=ContextTokens --set model=azure/conv --set callerKind=human'
  expect(parseImportCommand(argv.split(' '))).toEqual({
    path: 'conv.csv',
    format: 'csv',
    mapping: {
      columns: { startedAt: 'TIMESTAMP', promptTokens: 'ContextTokens' },
      constants: { model: 'azure/conv', callerKind: 'human' },
    },
    source: 'file-import',
    batchSize: 1000,
    concurrency: 2,
    url: null,
  })
})

test.each([
  ['log.csv.gz', 'csv'],
  ['log.NDJSON', 'ndjson'],
  ['log.jsonl.gz', 'ndjson'],
])('tells the format of %s by its name', (file, format) => {
  expect(parseImportCommand([file])).toMatchObject({ format })
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
  [['a.parquet'], /--format csv or --format ndjson/],
  [['a.csv', '--url', 'localhost:3000'], /--url localhost:3000/],
])('says what to change in %j', (argv, message) => {
  expect(() => parseImportCommand(argv)).toThrow(message)
})

test('knows every field the ingest endpoint takes, and no other', () => {
  expect(new Set(RECORD_FIELD_NAMES)).toEqual(WIRE_FIELDS)
})
