import { spawn } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RUN_COMMAND } from '../server/project-root.server'
import { type ImportOptions, importFile } from './import-file.server'
import { type IngestClientOptions, openIngestClient } from './ingest-client.server'

type SentRecord = { id: string; source: string; startedAt: string; promptTokens?: number } & Record<
  string,
  unknown
>
type Refusal = { status: number; headers?: Record<string, string>; body?: unknown }

const API_KEY = 'sg-test-key'
const azure = {
  columns: { startedAt: 'TIMESTAMP', promptTokens: 'ContextTokens', completionTokens: 'GeneratedTokens' },
  constants: { model: 'azure/conv' },
}
const HEADER = 'TIMESTAMP,ContextTokens,GeneratedTokens\r\n'

let folder: string
let server: Server
let url: string
/** Everything committed, by source and id, as the real endpoint keeps it. */
let stored: Map<string, SentRecord>
let batches: SentRecord[][]
/** Answers given instead of taking the next batches. */
let refusals: Refusal[]
let isGzipped: boolean[]
let queries: string[]

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'sightglass-import-'))
  stored = new Map()
  batches = []
  refusals = []
  isGzipped = []
  queries = []
  server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const refusal = refusals.shift() ?? refuse(request)
      const status = refusal?.status ?? 200
      response.writeHead(status, { 'content-type': 'application/json', ...refusal?.headers })
      response.end(JSON.stringify(refusal ? (refusal.body ?? {}) : take(request, body)))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true })
})

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function refuse(request: IncomingMessage): Refusal | null {
  if (request.url?.split('?')[0] !== '/api/v1/ingest' || request.method !== 'POST') return { status: 404 }
  const isKnown = request.headers.authorization === `Bearer ${API_KEY}`
  return isKnown ? null : { status: 401, body: { error: { code: 'unauthorized', message: 'Unknown key.' } } }
}

function take(request: IncomingMessage, body: Buffer) {
  isGzipped.push(request.headers['content-encoding'] === 'gzip')
  const text = (isGzipped.at(-1) ? gunzipSync(body) : body).toString()
  const records: SentRecord[] = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  batches.push(records)
  queries.push(request.url?.split('?')[1] ?? '')
  const answer = {
    accepted: 0,
    amended: 0,
    duplicates: 0,
    rejected: [] as unknown[],
    warnings: ['unknown field: x'],
  }
  records.forEach((record, index) => {
    const key = `${record.source} ${record.id}`
    if (record.promptTokens === 7_777_777)
      answer.rejected.push({ index, id: record.id, errors: [{ path: 'promptTokens', message: 'unlucky' }] })
    else if (stored.has(key)) answer.duplicates += 1
    else {
      stored.set(key, record)
      answer.accepted += 1
    }
  })
  return answer
}

function writeFile(name: string, content: string | Buffer): string {
  const file = path.join(folder, name)
  writeFileSync(file, content)
  return file
}

async function run(
  options: Pick<ImportOptions, 'path'> & Partial<ImportOptions>,
  client: Partial<IngestClientOptions> = {},
) {
  const ingest = openIngestClient({
    url,
    apiKey: API_KEY,
    connections: 2,
    isCompressed: true,
    giveUpAfterMs: 60_000,
    isPatientAtStart: false,
    sleep: async () => undefined,
    ...client,
  })
  try {
    return await importFile({
      mapping: azure,
      source: 'trace',
      batchSize: 1000,
      concurrency: 2,
      post: ingest.post,
      ...options,
    })
  } finally {
    await ingest.close()
  }
}

const rows = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => {
    const second = String((from + index) % 60).padStart(2, '0')
    return `2023-11-16 18:15:${second}.6805900,${from + index},44\r\n`
  }).join('')

test('sends gzipped batches whose records have source, id and mapped fields', async () => {
  const summary = await run({ path: writeFile('log.csv', HEADER + rows(25)), batchSize: 10 })
  expect(summary).toMatchObject({ rowsRead: 25, accepted: 25, amended: 0, duplicates: 0, rejectedCount: 0 })
  expect(batches.map((batch) => batch.length).sort()).toEqual([10, 10, 5])
  expect(isGzipped).toEqual([true, true, true])
  expect(summary.warnings).toEqual(['unknown field: x'])
  expect([...stored.values()].find((record) => record.promptTokens === 3)).toEqual({
    id: expect.stringMatching(/^line-5-[0-9a-f]{24}$/),
    source: 'trace',
    model: 'azure/conv',
    startedAt: '2023-11-16T18:15:03.680Z',
    promptTokens: 3,
    completionTokens: 44,
  })
})

test('changes nothing when the file comes again, renamed and compressed', async () => {
  const content = HEADER + rows(25)
  await run({ path: writeFile('log.csv', content), batchSize: 10 })
  const again = await run({ path: writeFile('copy.csv.gz', gzipSync(content)), batchSize: 7 })
  expect(again).toMatchObject({ rowsRead: 25, accepted: 0, amended: 0, duplicates: 25 })
})

test('takes only the new rows of a log that has grown, though its last line had no newline', async () => {
  const file = writeFile('log.csv', (HEADER + rows(25)).trimEnd())
  await run({ path: file })
  appendFileSync(file, `\r\n${rows(5, 25)}`)
  expect(await run({ path: file })).toMatchObject({ rowsRead: 30, accepted: 5, amended: 0, duplicates: 25 })
})

test('keeps equal rows apart', async () => {
  const summary = await run({
    path: writeFile('log.csv', `${HEADER}2023-11-16 18:15:00,1,1\r\n2023-11-16 18:15:00,1,1\r\n`),
  })
  expect(summary.accepted).toBe(2)
})

test('reports rejections of its own and of the server by line of the file', async () => {
  const content = `${HEADER}2023-11-16 18:15:00,1,1\n\n2023-11-16 18:15:00,many,1\n2023-11-16 18:15:01,7777777,1\n2023-11-16 18:15:02,2\n2023-11-16 "18",3,1\n2023-11-16 18:15:02,7777777,1\n`
  const summary = await run({ path: writeFile('log.csv', content), batchSize: 2 })
  expect(summary).toMatchObject({ rowsRead: 6, accepted: 1, rejectedCount: 5 })
  expect(summary.rejections.map(({ line, errors }) => [line, errors[0]?.message])).toEqual([
    [4, 'expected a whole number, 0 or more, found "many" in column "ContextTokens"'],
    [5, 'unlucky'],
    [6, 'expected 3 cells, found 2'],
    [7, expect.stringContaining('quote')],
    [8, 'unlucky'],
  ])
})

test('counts lines inside quoted cells', async () => {
  const content = 'startedAt,model,app\n2023-11-16,a/b,"two\nlines"\n2023-11-16,a/b,x\nnever,a/b,x\n'
  const summary = await run({
    path: writeFile('log.csv', content),
    mapping: { columns: {}, constants: {} },
  })
  expect(summary).toMatchObject({ accepted: 2, rejections: [{ line: 5 }] })
})

test('says that a quote which never closes hides the rest of the file', async () => {
  const content = `${HEADER}2023-11-16 18:15:00,1,1\n2023-11-16 18:15:00,"1,1\n${rows(3)}`
  const summary = await run({ path: writeFile('log.csv', content) })
  expect(summary).toMatchObject({ accepted: 1, rejectedCount: 1 })
  expect(summary.rejections[0]?.errors[0]?.message).toContain('never closes')
})

test('takes NDJSON with its own ids, split at newlines only', async () => {
  const lines = [
    '\uFEFF{"id":"r-1","source":"gateway","startedAt":"2026-11-20T10:00:00.000Z","model":"acme/atlas-120b","app":"a\u2028b"}',
    '',
    '[1,2]',
    '{"startedAt":1700158546,"model":"acme/atlas-120b","usage":{"input":5},"prompt":"secret"}',
    '{"startedAt":',
  ]
  const summary = await run({
    path: writeFile('log.ndjson', lines.join('\r\n')),
    mapping: { columns: { promptTokens: 'usage.input' }, constants: {} },
  })
  expect(summary).toMatchObject({ rowsRead: 4, accepted: 2, rejectedCount: 2 })
  expect(summary.rejections.map(({ line }) => line)).toEqual([3, 5])
  expect(stored.get('gateway r-1')).toMatchObject({ app: 'a\u2028b' })
  const other = [...stored.values()].find((record) => record.id !== 'r-1')
  expect(other).toEqual({
    id: expect.stringMatching(/^line-4-/),
    source: 'trace',
    startedAt: '2023-11-16T18:15:46.000Z',
    model: 'acme/atlas-120b',
    promptTokens: 5,
  })
})

const UNMAPPED = { columns: {}, constants: {} }

test.each([
  ['semicolons', 'startedAt;model;app;promptTokens\n2026-11-20;a/b;x,y;5\n'],
  ['tabs', 'startedAt\tmodel\tapp\tpromptTokens\n2026-11-20\ta/b\tx,y\t5\n'],
  ['what a first line names', 'sep=;\r\nstartedAt;model;app;promptTokens\r\n2026-11-20;a/b;x,y;5\r\n'],
  ['bars', 'startedAt|model|app|promptTokens\n2026-11-20|a/b|x,y|5\n'],
  ['commas', 'startedAt,model,app,promptTokens\n2026-11-20,a/b,"x,y",5\n'],
])('finds %s between the cells', async (_, content) => {
  const summary = await run({ path: writeFile('log.csv', content), mapping: UNMAPPED })
  expect(summary).toMatchObject({ accepted: 1, rejectedCount: 0 })
  expect([...stored.values()]).toMatchObject([{ app: 'x,y', promptTokens: 5 }])
})

test.each([
  ['UTF-8 with a mark', Buffer.from('\uFEFFstartedAt,model,app\n2026-11-20,a/b,Müller €\n')],
  ['UTF-16 LE', Buffer.from('\uFEFFstartedAt,model,app\n2026-11-20,a/b,Müller €\n', 'utf16le')],
  ['UTF-16 BE', Buffer.from('\uFEFFstartedAt,model,app\n2026-11-20,a/b,Müller €\n', 'utf16le').swap16()],
  [
    'gzipped UTF-16',
    gzipSync(Buffer.from('\uFEFFstartedAt,model,app\n2026-11-20,a/b,Müller €\n', 'utf16le')),
  ],
])('reads %s', async (_, content) => {
  await run({ path: writeFile('log.csv', content), mapping: UNMAPPED })
  expect([...stored.values()]).toMatchObject([{ app: 'Müller €' }])
})

test('refuses bytes of an older encoding until it is named', async () => {
  const file = writeFile('log.csv', Buffer.from('startedAt,model,app\n2026-11-20,a/b,Müller\n', 'latin1'))
  await expect(run({ path: file, mapping: UNMAPPED })).rejects.toThrow(/not UTF-8.*--encoding windows-1252/)
  await run({ path: file, mapping: UNMAPPED, encoding: 'windows-1252' })
  expect([...stored.values()]).toMatchObject([{ app: 'Müller' }])
})

test('reads times without a zone in the one that is given', async () => {
  const content = 'startedAt,model\n2026-07-01 12:00:00,a/b\n2026-10-25 02:30:00,a/b\n'
  const summary = await run({ path: writeFile('log.csv', content), mapping: UNMAPPED, zone: 'Europe/Berlin' })
  expect(summary).toMatchObject({ accepted: 1, rejections: [{ line: 3 }] })
  expect([...stored.values()]).toMatchObject([{ startedAt: '2026-07-01T10:00:00.000Z' }])
})

const PAYLOAD = { id: 'c1', call_type: 'acompletion', startTime: 1795386577.87, model: 'gpt-4o' }

test.each([
  ['a list', 'log.json', JSON.stringify([PAYLOAD, PAYLOAD], null, 2)],
  ['lines', 'log.txt', `${JSON.stringify(PAYLOAD)}\n${JSON.stringify(PAYLOAD)}\n`],
  [
    'values one after another',
    'log.json',
    `${JSON.stringify(PAYLOAD, null, 1)}\n${JSON.stringify(PAYLOAD, null, 1)}`,
  ],
])('sends %s of another format as they are, and says what they are', async (_, name, content) => {
  const summary = await run({
    path: writeFile(name, content),
    mapping: UNMAPPED,
    source: null,
    zone: 'Asia/Tokyo',
  })
  expect(summary).toMatchObject({ rowsRead: 2, format: 'litellm' })
  expect(batches).toEqual([[PAYLOAD, PAYLOAD]])
  expect(queries).toEqual(['format=litellm&zone=Asia%2FTokyo'])
})

test('sends rows of a table of another format as objects without their blank cells', async () => {
  const content = 'generation_id,created_at,model_permaslug,tokens_prompt,user\ngen-1,2026-11-20,a/b,5,\n'
  const summary = await run({ path: writeFile('activity.csv', content), mapping: UNMAPPED, source: null })
  expect(summary).toMatchObject({ format: 'openrouter', accepted: 1 })
  expect(batches[0]).toEqual([
    { generation_id: 'gen-1', created_at: '2026-11-20', model_permaslug: 'a/b', tokens_prompt: '5' },
  ])
})

test('a mapping makes our own records of another format', async () => {
  const file = writeFile('log.json', JSON.stringify([PAYLOAD]))
  const columns = { startedAt: 'startTime', id: 'id' }
  await run({ path: file, mapping: { columns, constants: {} } })
  expect(stored.get('trace c1')).toMatchObject({ startedAt: '2026-11-22T22:29:37.870Z', model: 'gpt-4o' })
  await expect(run({ path: file, mapping: { columns: {}, constants: { app: 'x' } } })).rejects.toThrow(
    /litellm.*app/,
  )
})

test('waits as long as a busy server asks and then loses nothing', async () => {
  refusals = [
    { status: 503, headers: { 'retry-after': '2' } },
    { status: 429, headers: { 'retry-after': '7' } },
    { status: 503 },
  ]
  const waitedMs: number[] = []
  const sleep = async (delayMs: number) => {
    waitedMs.push(delayMs)
  }
  const summary = await run(
    { path: writeFile('log.csv', HEADER + rows(3)), concurrency: 1 },
    { sleep, connections: 1 },
  )
  expect(waitedMs).toEqual([2000, 7000, 2000])
  expect(summary.accepted).toBe(3)
})

test('gives up on a server that stays busy', async () => {
  refusals = Array.from({ length: 100 }, () => ({ status: 503, headers: { 'retry-after': '1' } }))
  await expect(
    run({ path: writeFile('log.csv', HEADER + rows(3)) }, { giveUpAfterMs: 5000 }),
  ).rejects.toThrow(/stays busy \(503\)/)
})

test.each([
  [{ apiKey: 'wrong' }, /refuses the API key \(401\)\. Unknown key\./],
  [{ url: 'http://127.0.0.1:1' }, /No server answers at http:\/\/127\.0\.0\.1:1 \(ECONNREFUSED\)/],
])('fails in one line with %j', async (client, message) => {
  await expect(run({ path: writeFile('log.csv', HEADER + rows(3)) }, client)).rejects.toThrow(message)
})

test("passes the server's own words on when it refuses a body", async () => {
  refusals = [{ status: 413, body: { error: { code: 'payload_too_large', message: 'At most 64 MiB.' } } }]
  await expect(run({ path: writeFile('log.csv', HEADER + rows(3)) })).rejects.toThrow(/413.*At most 64 MiB/)
})

test.each([
  ['missing.csv', null, /Cannot read .*missing\.csv/],
  ['empty.csv', '', /is empty/],
  ['other.csv', 'a,b\n1,2\n', /no column "TIMESTAMP".*"a", "b"/],
  [
    'broken.csv.gz',
    gzipSync(HEADER + rows(5000)).subarray(0, 2000),
    /cannot be read to its end: unexpected end of file/,
  ],
])('says what is wrong with %s', async (name, content, message) => {
  const file = content === null ? path.join(folder, name) : writeFile(name, content)
  await expect(run({ path: file })).rejects.toThrow(message)
})

test.for([
  ['conv', 19_366],
  ['code', 8_819],
] as const)('takes the Azure trace "%s" whole, twice, to the token', async ([name, count], { skip }) => {
  const file = path.resolve(import.meta.dirname, `../../../shared/data/azure-llm-trace-2023-${name}.csv`)
  skip(!existsSync(file), 'the shared data folder is not on this machine')
  const summary = await run({ path: file })
  expect(summary).toMatchObject({
    rowsRead: count,
    accepted: count,
    amended: 0,
    duplicates: 0,
    rejectedCount: 0,
  })
  const sums = { prompt: 0, completion: 0 }
  for (const line of readFileSync(file, 'utf8').split(/\r?\n/).slice(1).filter(Boolean)) {
    sums.prompt += Number(line.split(',')[1])
    sums.completion += Number(line.split(',')[2])
  }
  const sent = [...stored.values()]
  expect(sent.reduce((sum, record) => sum + Number(record.promptTokens), 0)).toBe(sums.prompt)
  expect(sent.reduce((sum, record) => sum + Number(record.completionTokens), 0)).toBe(sums.completion)
  expect(await run({ path: file })).toMatchObject({ accepted: 0, amended: 0, duplicates: count })
})

async function runCommand(args: string[], environment: Record<string, string> = {}) {
  const command = path.join(import.meta.dirname, 'cli.server.ts')
  const child = spawn(process.execPath, [RUN_COMMAND, command, ...args], {
    env: { ...process.env, SIGHTGLASS_URL: url, SIGHTGLASS_API_KEY: API_KEY, ...environment },
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk
  })
  const code = await new Promise((resolve) => child.on('close', resolve))
  return { code, ...output }
}

test('ends the command with code 0, 2 or 1, and one line on stderr for 1', async () => {
  const mapping = [
    '--map',
    'startedAt=TIMESTAMP',
    '--map',
    'promptTokens=ContextTokens',
    '--set',
    'model=a/b',
  ]
  const good = writeFile('good.csv', HEADER + rows(3))
  const bad = writeFile('bad.csv', `${HEADER}never,1,1\n`)
  const [whole, partly, refused, unmapped] = await Promise.all([
    runCommand([good, ...mapping]),
    runCommand([bad, ...mapping]),
    runCommand([good, ...mapping], { SIGHTGLASS_API_KEY: 'sg-wrong-key' }),
    runCommand([good, '--map', 'when=TIMESTAMP']),
  ])
  expect(whole).toMatchObject({ code: 0, stdout: expect.stringContaining('Accepted    3') })
  expect(partly).toMatchObject({ code: 2, stdout: expect.stringContaining('  line 2: startedAt:') })
  expect(refused).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('refuses the API key'),
  })
  expect(unmapped).toMatchObject({ code: 1, stderr: expect.stringContaining('no field "when"') })
  expect(refused.stderr.trim().split('\n')).toHaveLength(1)
}, 30_000)
