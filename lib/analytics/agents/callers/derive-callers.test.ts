import { expect, test } from 'vitest'
import { type Caller, deriveCallers } from './derive-callers'

let made = 0

/** A caller all of whose 1,000 tokens are human; overrides last. */
function makeCaller(key: string, overrides: Partial<Caller> = {}): Caller {
  made += 1
  return {
    id: made,
    key,
    label: key,
    declared: null,
    totalTokens: 1000,
    agenticTokens: 0,
    humanTokens: 1000,
    requests: 10,
    agenticRequests: 0,
    humanRequests: 10,
    ...overrides,
  }
}

const ROBOT = { agenticTokens: 900, humanTokens: 100, agenticRequests: 9, humanRequests: 1 }
const BOTH = { agenticTokens: 500, humanTokens: 500, agenticRequests: 5, humanRequests: 5 }
const SILENT = { humanTokens: 0, humanRequests: 0 }

test('callers stand in order of tokens, ties by name, each with its class and shares', () => {
  const { rows } = deriveCallers([
    makeCaller('desk'),
    makeCaller('bot', { ...ROBOT, totalTokens: 1000 }),
    makeCaller('mill', { ...BOTH, totalTokens: 1000 }),
    makeCaller('giant', { ...SILENT, totalTokens: 7000 }),
  ])
  expect(rows.map((row) => [row.key, row.class, row.agenticShare, row.share])).toEqual([
    ['giant', 'unknown', 0, 0.7],
    ['bot', 'agentic', 0.9, 0.1],
    ['desk', 'human', 0, 0.1],
    ['mill', 'mixed', 0.5, 0.1],
  ])
})

test('a declaration wins and is shown beside what the tokens say', () => {
  const { rows } = deriveCallers([makeCaller('bot', { ...ROBOT, declared: 'human' })])
  expect(rows[0]).toMatchObject({ class: 'human', declared: 'human', agenticShare: 0.9 })
})

test('classes count callers, tokens and requests, those without callers as zero', () => {
  const { classes } = deriveCallers([makeCaller('bot', ROBOT), makeCaller('mop', ROBOT), makeCaller('desk')])
  expect(classes).toEqual({
    agentic: { callers: 2, totalTokens: 2000, requests: 20 },
    mixed: { callers: 0, totalTokens: 0, requests: 0 },
    human: { callers: 1, totalTokens: 1000, requests: 10 },
    unknown: { callers: 0, totalTokens: 0, requests: 0 },
  })
})

test('keys that share a name stay two rows', () => {
  const { rows } = deriveCallers([makeCaller('ci', { totalTokens: 2000 }), makeCaller('ci')])
  expect(rows.map(({ key }) => key)).toEqual(['ci', 'ci'])
  expect(new Set(rows.map(({ id }) => id)).size).toBe(2)
})

test('without requests there are no rows', () => {
  expect(deriveCallers([makeCaller('idle', { requests: 0 })]).rows).toEqual([])
})
