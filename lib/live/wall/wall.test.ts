import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LiveEndpoint } from '../schema'
import { cellRank, compareUrgency, isFailing, withGrownErrors } from './cell-rank'
import { cellAt, MOVE_KEYS, moveFrom } from './find-cell'
import { groupCells, rankSignature, type WallEndpoint } from './group-cells'
import { layoutWall } from './layout-wall'

function endpoint(endpointId: number, health: Partial<LiveEndpoint> = {}): LiveEndpoint {
  return {
    endpointId,
    status: 'unknown',
    statusWindow: null,
    uptime5m: null,
    uptime30m: null,
    uptime1d: null,
    attempts30m: 0,
    countedErrors5m: 0,
    rateLimited5m: 0,
    ...health,
  }
}

const liveOf = (...endpoints: LiveEndpoint[]) => new Map(endpoints.map((one) => [one.endpointId, one]))
const HEALTHY = { status: 'healthy', statusWindow: '5m', uptime5m: 1 } as const
const DEGRADED = { status: 'degraded', statusWindow: '30m', uptime30m: 0.9 } as const
const DOWN = { status: 'down', statusWindow: '5m', uptime5m: 0.2 } as const

describe('urgency', () => {
  test('an error shows before there is enough traffic for a status', () => {
    expect(cellRank(endpoint(1, { countedErrors5m: 1 }))).toBe('unknown_with_errors')
    expect(isFailing(endpoint(1, { countedErrors5m: 1 }))).toBe(true)
    expect(isFailing(endpoint(1, { ...HEALTHY, countedErrors5m: 1 }))).toBe(false)
    expect(isFailing(undefined)).toBe(false)
  })

  test('goes by rank, then by errors, then by the uptime that was judged', () => {
    const expected = [
      endpoint(2, { ...DOWN, countedErrors5m: 9 }),
      endpoint(1, { ...DOWN, uptime5m: 0.1 }),
      endpoint(3, DOWN),
      endpoint(4, DEGRADED),
      endpoint(5, { countedErrors5m: 2 }),
      endpoint(6, HEALTHY),
      undefined,
    ]
    expect([...expected].reverse().sort(compareUrgency)).toEqual(expected)
  })

  test('errors that came in are named, errors that got too old are not', () => {
    const before = liveOf(endpoint(1, { countedErrors5m: 2 }), endpoint(2, { countedErrors5m: 2 }))
    const after = liveOf(
      endpoint(1, { countedErrors5m: 3 }),
      endpoint(2, { countedErrors5m: 1 }),
      endpoint(3, { countedErrors5m: 1 }),
    )
    expect(withGrownErrors(before, after)).toEqual([1, 3])
    expect(withGrownErrors(after, after)).toEqual([])
  })
})

const DIRECTORY: WallEndpoint[] = [
  { endpointId: 1, provider: 'aurora', providerName: 'Aurora', model: 'acme/atlas', modelName: 'Atlas' },
  { endpointId: 2, provider: 'aurora', providerName: 'Aurora', model: 'acme/lyra', modelName: 'Lyra' },
  { endpointId: 3, provider: 'helios', providerName: 'Helios', model: 'acme/atlas', modelName: 'Atlas' },
  { endpointId: 4, provider: 'polaris', providerName: 'Polaris', model: 'acme/atlas', modelName: 'Atlas' },
]

describe('groups', () => {
  const live = liveOf(endpoint(1, HEALTHY), endpoint(2, HEALTHY), endpoint(3, DEGRADED), endpoint(4, DOWN))
  const namesOf = (groups: ReturnType<typeof groupCells>) =>
    groups.map((group) => `${group.provider} ${group.endpoints.map((one) => one.endpointId)}`)

  test('stand worst first or by name', () => {
    const all = { directory: DIRECTORY, live, statuses: [] }
    expect(namesOf(groupCells({ ...all, order: 'worst' }))).toEqual(['polaris 4', 'helios 3', 'aurora 1,2'])
    expect(namesOf(groupCells({ ...all, order: 'name' }))).toEqual(['aurora 1,2', 'helios 3', 'polaris 4'])
  })

  test('hold only the statuses asked for, endpoints without news counting as unknown', () => {
    const groups = groupCells({
      directory: DIRECTORY,
      live: liveOf(endpoint(4, DOWN)),
      order: 'name',
      statuses: ['unknown'],
    })
    expect(namesOf(groups)).toEqual(['aurora 1,2', 'helios 3'])
  })

  test('would stand otherwise only when a rank changes', () => {
    const signature = rankSignature(DIRECTORY, live)
    const busier = new Map(live).set(1, endpoint(1, { ...HEALTHY, attempts30m: 99 }))
    expect(rankSignature(DIRECTORY, busier)).toBe(signature)
    expect(rankSignature(DIRECTORY, new Map(live).set(1, endpoint(1, DOWN)))).not.toBe(signature)
  })
})

describe('layout', () => {
  const groupsOf = (counts: readonly number[]) =>
    counts.map((count, group) => ({
      provider: `p${group}`,
      providerName: `P${group}`,
      endpoints: Array.from({ length: count }, (_, index) => ({
        endpointId: group * 1000 + index,
        provider: `p${group}`,
        providerName: `P${group}`,
        model: `m/${index}`,
        modelName: `${index}`,
      })),
    }))
  const anyWall = fc.record({
    counts: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 }),
    width: fc.integer({ min: 200, max: 1400 }),
  })

  test('places every cell inside the wall, none over another, and finds each again', () => {
    fc.assert(
      fc.property(anyWall, ({ counts, width }) => {
        const layout = layoutWall({ groups: groupsOf(counts), width })
        expect(layout.cells).toHaveLength(counts.reduce((sum, count) => sum + count, 0))
        for (const [index, { x, y }] of layout.cells.entries()) {
          expect(x + layout.cellSize).toBeLessThanOrEqual(width)
          expect(y + layout.cellSize).toBeLessThanOrEqual(layout.height)
          const middle = layout.cellSize / 2
          expect(cellAt({ layout, x: x + middle, y: y + middle, slack: 0 })).toBe(index)
        }
      }),
      { numRuns: 25 },
    )
  })

  test('a wall without cells has no height', () => {
    expect(layoutWall({ groups: [], width: 800 })).toMatchObject({ height: 0, cells: [] })
  })

  test('keys stay on the wall, and up undoes down within a group', () => {
    fc.assert(
      fc.property(anyWall, fc.nat(), fc.constantFrom(...MOVE_KEYS), ({ counts, width }, from, key) => {
        const layout = layoutWall({ groups: groupsOf(counts), width })
        const index = from % layout.cells.length
        expect(layout.cells[moveFrom({ layout, index, key })]).toBeDefined()
      }),
    )
    const layout = layoutWall({ groups: groupsOf([40]), width: 300 })
    const below = moveFrom({ layout, index: 3, key: 'ArrowDown' })
    expect(layout.cells[below]?.x).toBe(layout.cells[3]?.x)
    expect(moveFrom({ layout, index: below, key: 'ArrowUp' })).toBe(3)
  })

  test('every cell can be reached by arrows alone', () => {
    const layout = layoutWall({ groups: groupsOf([7, 30, 2, 19]), width: 700 })
    const seen = new Set([0])
    const open = [0]
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      for (const key of MOVE_KEYS) {
        const next = moveFrom({ layout, index, key })
        if (!seen.has(next)) open.push(next)
        seen.add(next)
      }
    }
    expect(seen.size).toBe(layout.cells.length)
  })
})
