import { type APIRequestContext, expect } from '@playwright/test'
import { BEARER } from './server-under-test'

/** A day in UTC, counted back from today, as windows in URLs name it. */
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

/** Two days of tool calls with sums that are easy to say, apart from every other spec; their facts are still kept. */
export const TOOL_DAYS = {
  from: daysAgo(19),
  to: daysAgo(17),
  /** 2,000 requests whose tools are known, 1,100 offered some, 913 used one and ended by it: 55 %, 83 %, 46 %. */
  talkModel: 'tool-talk/oss-120b',
  /** Three providers that break its calls in their own ways, and one that was asked too seldom to say. */
  servedModel: 'tool-talk/oss-20b',
} as const

/** Nothing was ever logged in it. */
export const EMPTY_DAYS = { from: daysAgo(300), to: daysAgo(298) } as const

const NOON = `${TOOL_DAYS.from}T12:00:00Z`

type Call = { name: string; verdict: string; detail?: string }
type Overrides = Record<string, unknown>

const good: Call = { name: 'get_weather', verdict: 'valid' }
const noJson: Call = {
  name: 'get_weather',
  verdict: 'invalid_json',
  detail: 'The arguments end in the middle of a string.',
}
const madeUp: Call = { name: 'get_wether', verdict: 'unknown_name', detail: 'No tool is called get_wether.' }
const wrong: Call = { name: 'book_table', verdict: 'schema_mismatch', detail: '/seats: expected a number.' }

let made = 0

/** So many requests alike, each ending by these calls. */
function calling(count: number, calls: readonly Call[], overrides: Overrides) {
  return times(count, { toolsOffered: 3, finishReason: 'tool_calls', toolCalls: calls, ...overrides })
}

function times(count: number, overrides: Overrides) {
  return Array.from({ length: count }, () => {
    made += 1
    return {
      ...{
        id: `tool-${made}`,
        source: `e2e-tool-days-${TOOL_DAYS.from}`,
        startedAt: NOON,
        app: 'tool-agent',
      },
      ...{ httpStatus: 200, durationMs: 900, promptTokens: 100, completionTokens: 10 },
      ...overrides,
    }
  })
}

function listRecords() {
  made = 0
  const talk = { model: TOOL_DAYS.talkModel, provider: 'tool-helios' }
  const served = (provider: string) => ({ model: TOOL_DAYS.servedModel, provider, app: 'tool-desk' })
  return [
    ...calling(913, [good], talk),
    ...times(187, { ...talk, toolsOffered: 2, finishReason: 'stop' }),
    ...times(900, { ...talk, toolsOffered: 0, finishReason: 'stop' }),
    // Their logs say nothing about tools.
    ...times(150, { ...talk, finishReason: 'stop' }),
    // 40 checked of which 10 bad, and 10 more that were offered tools and used none.
    ...calling(30, [good], served('tool-parhelion')),
    ...calling(5, [noJson], served('tool-parhelion')),
    ...calling(2, [madeUp], served('tool-parhelion')),
    ...calling(3, [wrong], served('tool-parhelion')),
    ...times(10, { ...served('tool-parhelion'), toolsOffered: 3, finishReason: 'stop' }),
    // 50 checked of which 1 bad.
    ...calling(49, [good], served('tool-polaris')),
    ...calling(1, [wrong], served('tool-polaris')),
    // 25, all of them clean.
    ...calling(25, [good], served('tool-helios')),
    // 3, too few to say.
    ...calling(2, [noJson], served('tool-quiet')),
    ...calling(1, [good], served('tool-quiet')),
  ]
}

/** Sends the two days through the ingest endpoint; sending them again changes nothing. */
export async function sendToolDays(request: APIRequestContext): Promise<void> {
  const records = listRecords()
  const response = await request.post('/api/v1/ingest', { headers: BEARER, data: records })
  const answer = await response.json()
  expect(answer.rejected).toEqual([])
  expect(answer.accepted + answer.duplicates).toBe(records.length)
}
