import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { type APIRequestContext, expect } from '@playwright/test'
import { BEARER, SERVER } from './server-under-test'

const run = promisify(execFile)
const ROOT = path.resolve(import.meta.dirname, '..')
const TRACE_FOLDER = path.resolve(ROOT, '../shared/data')

/** A week of requests with sums that are easy to say, far from the clock and from every other spec. */
export const KNOWN_WEEK = {
  from: '2024-03-04',
  to: '2024-03-11',
  /** In order of rank; 7 requests each, one a day. */
  models: [
    {
      key: 'acme/atlas-120b',
      provider: 'helios',
      app: 'shop-bot',
      promptTokens: 7000,
      completionTokens: 700,
    },
    { key: 'acme/atlas-8b', provider: 'helios', app: 'desk', promptTokens: 700, completionTokens: 70 },
    { key: 'borealis/lyra', provider: 'polaris', app: 'desk', promptTokens: 70, completionTokens: 7 },
  ],
}

/** Sends the known week through the ingest endpoint; sending it again changes nothing. */
export async function sendKnownWeek(request: APIRequestContext): Promise<void> {
  const records = KNOWN_WEEK.models.flatMap(({ key, provider, app, promptTokens, completionTokens }) =>
    Array.from({ length: 7 }, (_, day) => ({
      id: `${key}-${day}`,
      source: 'e2e-known-week',
      startedAt: new Date(Date.parse(KNOWN_WEEK.from) + day * 86_400_000 + 36_000_000).toISOString(),
      model: key,
      provider,
      app,
      promptTokens: promptTokens / 7,
      completionTokens: completionTokens / 7,
      httpStatus: 200,
      durationMs: 900,
    })),
  )
  const response = await request.post('/api/v1/ingest', { headers: BEARER, data: records })
  const answer = await response.json()
  expect(answer.rejected).toEqual([])
  expect(answer.accepted + answer.duplicates).toBe(records.length)
}

/** The public Azure trace of 2023, and what it must count to; the files are not part of the repository. */
export const AZURE_TRACE = {
  isThere: existsSync(TRACE_FOLDER),
  from: '2023-11-16',
  to: '2023-11-17',
  files: [
    {
      name: 'conv',
      model: 'azure/conv',
      requests: 19_366,
      promptTokens: 22_361_870,
      completionTokens: 4_088_665,
    },
    {
      name: 'code',
      model: 'azure/code',
      requests: 8_819,
      promptTokens: 18_059_974,
      completionTokens: 245_896,
    },
  ],
}

/** Imports both files by the command the README names; returns what it prints about each. */
export async function importAzureTrace(): Promise<string[]> {
  const summaries: string[] = []
  for (const { name, model } of AZURE_TRACE.files) {
    const file = path.join(TRACE_FOLDER, `azure-llm-trace-2023-${name}.csv`)
    const mapping = ['startedAt=TIMESTAMP', 'promptTokens=ContextTokens', 'completionTokens=GeneratedTokens']
    const constants = [
      `model=${model}`,
      'provider=azure',
      `callerKind=${name === 'code' ? 'agentic' : 'human'}`,
    ]
    const { stdout } = await run(
      'npm',
      [
        ...['run', '--silent', 'import', '--', file],
        ...mapping.flatMap((pair) => ['--map', pair]),
        ...constants.flatMap((pair) => ['--set', pair]),
      ],
      { cwd: ROOT, env: { ...process.env, SIGHTGLASS_URL: SERVER.url, SIGHTGLASS_API_KEY: SERVER.apiKey } },
    )
    summaries.push(stdout)
  }
  return summaries
}
