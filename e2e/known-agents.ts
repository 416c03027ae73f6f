import { type APIRequestContext, expect } from '@playwright/test'
import { BEARER } from './server-under-test'

const DAY_MS = 86_400_000
const FIRST_DAY = Date.parse('2020-05-04')

/**
 * Two weeks in which agents overtake people, with sums that are easy to say, before every other spec's records: the
 * crossover looks at all there is. People use 5,000 tokens a day in the first week, agents 20,000 in the second.
 */
export const KNOWN_AGENTS = {
  from: '2020-05-04',
  to: '2020-05-18',
  /** Trailing week: 20,000 against 30,000 on 11 May, 40,000 against 25,000 on 12 May. */
  crossover: '2020-05-12',
  agent: { app: 'e2e-night-agent', requests: 14, tokens: 140_000 },
  person: { app: 'e2e-help-desk', requests: 35, tokens: 35_000 },
  /** 10,000 agentic tokens of 15,000. */
  mixedApp: 'e2e-mill',
  /** One request, of which the log says nothing. */
  unknownApp: 'e2e-pipe',
} as const

const WINDOW = `from=${KNOWN_AGENTS.from}T00:00:00Z&to=${KNOWN_AGENTS.to}T00:00:00Z`

/** Address of an API of the Agents page in the known window. */
export function knownAgentsUrl(panel: string, parameters = ''): string {
  return `/api/agents/${panel}?${WINDOW}${parameters}`
}

const PERSON = {
  callerKind: 'human',
  promptTokens: 900,
  cachedTokens: 0,
  completionTokens: 100,
  reasoningTokens: 0,
  promptParts: { system: 300, userText: 600 },
}
const AGENT = {
  callerKind: 'agentic',
  promptTokens: 9_000,
  cachedTokens: 6_000,
  completionTokens: 1_000,
  reasoningTokens: 400,
  promptParts: { system: 1_000, toolDefinitions: 2_000, mcpToolDefinitions: 1_500, toolResults: 4_500 },
  costUsd: 0.05,
}

/** Sends the two weeks and waits until their sessions are counted; sending them again changes nothing. */
export async function sendKnownAgents(request: APIRequestContext): Promise<void> {
  const records = [...people(), ...agents(), record('unknown', 13, { app: KNOWN_AGENTS.unknownApp })]
  const response = await request.post('/api/v1/ingest', { headers: BEARER, data: records })
  const answer = await response.json()
  expect(answer.rejected).toEqual([])
  expect(answer.accepted + answer.duplicates).toBe(records.length)
  await expect
    .poll(async () => {
      const sessions = await (await request.get(knownAgentsUrl('sessions'), { headers: BEARER })).json()
      return sessions.totals.sessions
    })
    .toBe(17)
}

/** Takes back what was declared of the mixed app, whatever became of the spec that declared it. */
export async function takeBackDeclaration(request: APIRequestContext): Promise<void> {
  const data = { app: KNOWN_AGENTS.mixedApp, callerKind: null }
  expect((await request.put('/api/v1/caller-kinds', { headers: BEARER, data })).status()).toBe(200)
}

/** Five requests a day; on the first two days each is a session of one turn, whose cost only the first day tells. */
function people() {
  return Array.from({ length: 35 }, (_, index) => {
    const day = Math.floor(index / 5)
    return record(`person-${index}`, day, {
      ...PERSON,
      app: day === 6 ? KNOWN_AGENTS.mixedApp : KNOWN_AGENTS.person.app,
      ...(day < 2 ? { sessionId: `e2e-agents-person-${index}` } : {}),
      ...(day === 0 ? { costUsd: 0.01 } : {}),
    })
  })
}

/** Two requests a day that are one session. */
function agents() {
  return Array.from({ length: 14 }, (_, index) => {
    const day = 7 + Math.floor(index / 2)
    return record(`agent-${index}`, day, {
      ...AGENT,
      app: index === 13 ? KNOWN_AGENTS.mixedApp : KNOWN_AGENTS.agent.app,
      sessionId: `e2e-agents-day-${day}`,
    })
  })
}

function record(id: string, day: number, overrides: Record<string, unknown>) {
  const startedAt = new Date(FIRST_DAY + day * DAY_MS + DAY_MS / 2).toISOString()
  return { id, source: 'e2e-agents', startedAt, model: 'acme/agents-test', httpStatus: 200, ...overrides }
}
