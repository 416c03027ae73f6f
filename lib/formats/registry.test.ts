import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isObject } from '../platform/json-value'
import { fieldMatrix } from '../testing/field-matrix'
import { readFormat, recordsOf } from '../testing/read-format'
import { EXAMPLES as cloudflare } from './cloudflare/examples.fixture'
import { EXAMPLES as helicone } from './helicone/examples.fixture'
import { EXAMPLES as langfuse } from './langfuse/examples.fixture'
import { EXAMPLES as litellm } from './litellm/examples.fixture'
import { EXAMPLES as openrouter } from './openrouter/examples.fixture'
import { EXAMPLES as portkey } from './portkey/examples.fixture'
import { EXAMPLES as posthog } from './posthog/examples.fixture'
import { FORMAT_NAMES, type FormatName, formatNamed, recogniseFormat, unwrapElements } from './registry'
import { EXAMPLES as vercel } from './vercel/examples.fixture'

const EXAMPLES: Readonly<Record<FormatName, readonly unknown[]>> = {
  litellm,
  langfuse,
  helicone,
  posthog,
  portkey,
  cloudflare,
  openrouter,
  vercel,
}
const FOLDER = import.meta.dirname
const OTHER_FOLDERS = ['otlp', 'sightglass']

test('every folder is a format, and every format a folder with its sources', () => {
  const folders = readdirSync(FOLDER, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  )
  expect(folders.sort()).toEqual([...FORMAT_NAMES, ...OTHER_FOLDERS].sort())
  const missing = FORMAT_NAMES.flatMap((name) =>
    ['README.md', 'schema.ts', 'read.ts', 'read.test.ts', 'examples.fixture.ts'].filter(
      (file) => !existsSync(path.join(FOLDER, name, file)),
    ),
  )
  expect(missing).toEqual([])
})

describe.each(FORMAT_NAMES)('%s', (name) => {
  test('is recognised by its own examples, all of which are requests', () => {
    for (const example of EXAMPLES[name]) {
      expect(recogniseFormat([example])).toBe(name)
      const outcomes = readFormat(name, example)
      expect(outcomes.filter((outcome) => 'rejected' in outcome)).toEqual([])
      expect(recordsOf(outcomes).length).toBeGreaterThan(0)
    }
  })

  test('recognises nothing of another format', () => {
    const others = FORMAT_NAMES.filter((other) => other !== name).flatMap((other) =>
      EXAMPLES[other].flatMap((example) => unwrapElements(other, [example])),
    )
    expect(others.filter((element) => isObject(element) && formatNamed(name).recognises(element))).toEqual([])
  })

  test('reads what is nested too deeply or has no text, or refuses it by itself, wherever it stands', () => {
    for (const element of EXAMPLES[name].flatMap((example) => unwrapElements(name, [example]))) {
      for (const at of placesIn(element)) {
        for (const put of [DEEP_LIST, DEEP_OBJECT, TEXTLESS]) {
          const outcomes = readFormat(name, [replaced(element, at, put)])
          expect(outcomes.every((outcome) => 'index' in outcome)).toBe(true)
        }
      }
    }
  })

  test('reads whatever was done to its examples without throwing', () => {
    const elements = EXAMPLES[name].flatMap((example) => unwrapElements(name, [example]))
    fc.assert(
      fc.property(
        fc.constantFrom(...elements),
        fc.array(fc.tuple(fc.nat(), fc.nat(), odd), { maxLength: 4 }),
        (element, changes) => {
          const changed = changes.reduce<unknown>(
            (value, [where, how, put]) => mutate(value, where, how, put),
            element,
          )
          for (const outcome of readFormat(name, [changed])) {
            const isTold = 'record' in outcome || 'ignored' in outcome || outcome.rejected.errors.length > 0
            expect(isTold).toBe(true)
          }
        },
      ),
      { numRuns: 400 },
    )
  })
})

/** Who sent the recorded bodies, and whose documentation the other examples are after. */
const EMITTERS: Readonly<Record<FormatName, string>> = {
  litellm: 'LiteLLM, logging spec and spend logs',
  langfuse: 'langfuse 3.39.2, observations API',
  helicone: '@helicone/helpers 1.8.3',
  posthog: '@posthog/ai 8.13.1, capture API',
  portkey: 'Portkey, export and log API',
  cloudflare: 'Cloudflare AI Gateway, logs API and Logpush',
  openrouter: 'OpenRouter, generation, export, activity, Broadcast',
  vercel: 'Vercel AI Gateway, generation and report',
}

test('the matrix in README.md is what came out', () => {
  const rows = FORMAT_NAMES.map((name) => {
    const memory = new Map<string, unknown>()
    const outcomes = EXAMPLES[name].flatMap((example) => readFormat(name, example, { memory }))
    // What is told in several bodies is one request, as it was told last.
    const records = new Map(recordsOf(outcomes).map((record) => [record.id, record]))
    return { emitter: EMITTERS[name], records: [...records.values()] }
  })
  expect(readFileSync(path.join(FOLDER, 'README.md'), 'utf8')).toContain(fieldMatrix(rows))
})

test('what no format recognises counts as our own records', () => {
  expect(recogniseFormat([])).toBe('sightglass')
  expect(recogniseFormat([{ hello: 'world' }, 3, null, [], 'x'])).toBe('sightglass')
  expect(recogniseFormat([{ id: 'a', startedAt: '2026-11-22T10:00:00Z', model: 'a/b' }])).toBe('sightglass')
  expect(recogniseFormat([{ resourceSpans: [] }])).toBe('otlp')
})

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    'None',
    'NaN',
    '1,200',
    -1,
    1e308,
    0.5,
    true,
    [],
    {},
    '\u0000',
    '\ud800',
    '{',
    '[]',
    '2026-02-30',
  ),
  fc.jsonValue({ maxDepth: 2 }),
)

/** Has no text. */
const TEXTLESS = { toString: null, valueOf: 1 }
const DEEP_LIST: unknown = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000))
const DEEP_OBJECT: unknown = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`)

/** The ways to every place in a value. */
function placesIn(value: unknown, way: readonly string[] = []): (readonly string[])[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return [way, ...inner.flatMap(([name, part]) => placesIn(part, [...way, name]))]
}

function replaced(value: unknown, [name, ...rest]: readonly string[], put: unknown): unknown {
  if (name === undefined) return put
  if (Array.isArray(value))
    return value.map((part, index) => (String(index) === name ? replaced(part, rest, put) : part))
  return isObject(value) ? { ...value, [name]: replaced(value[name], rest, put) } : value
}

/** The value with one of its places replaced, taken away, or put elsewhere. */
function mutate(value: unknown, where: number, how: number, put: unknown): unknown {
  if (Array.isArray(value)) {
    if (value.length === 0) return put
    const at = where % value.length
    return value.map((entry, index) =>
      index === at ? mutate(entry, Math.floor(where / value.length), how, put) : entry,
    )
  }
  if (!isObject(value)) return put
  const names = Object.keys(value)
  const name = names[where % Math.max(names.length, 1)]
  if (name === undefined) return { [String(put).slice(0, 20)]: put }
  const { [name]: own, ...rest } = value
  switch (how % 4) {
    case 0:
      return rest
    case 1:
      return { ...rest, [name]: put }
    default:
      return { ...rest, [name]: mutate(own, Math.floor(where / names.length), how >> 2, put) }
  }
}
