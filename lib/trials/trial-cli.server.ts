import { readEnvironment } from '../platform/env.server'
import { AppError } from '../platform/errors'
import { parseTrialCommand, TRIAL_HELP, type TrialCommand } from './command-line'
import { describeEnd, describeStart, progressLine, progressLines } from './describe-trial'
import { runTrial } from './run-trial.server'
import type { Trial, TrialCall } from './schema'
import { type CountedCall, summarizeCalls } from './summarize-calls'
import { openTrialClient, type TrialClient } from './trial-client.server'

const REDRAW_EVERY_MS = 100
const PLAIN_LINE_EVERY_MS = 2_000

async function main(): Promise<number> {
  const command = parseTrialCommand(process.argv.slice(2))
  if (command === 'help') {
    console.log(TRIAL_HELP)
    return 0
  }
  const environment = readEnvironment()
  const apiKey = environment.SIGHTGLASS_API_KEY
  if (apiKey === undefined) {
    throw new AppError(
      'unauthorized',
      'Set SIGHTGLASS_API_KEY to an API key with the scope gateway; Settings makes one.',
    )
  }
  const address = command.url ?? environment.SIGHTGLASS_URL ?? `http://127.0.0.1:${environment.PORT}`
  const url = address.replace(/\/+$/, '')
  const client = openTrialClient({ url, apiKey })
  try {
    const trial = await client.start({ ...command.options, origin: 'command' })
    const ended = await run({ command, client, url, apiKey, trial })
    return ended.status === 'failed' ? 1 : 0
  } finally {
    await client.close()
  }
}

async function run({
  command: { options, isJson },
  client,
  url,
  apiKey,
  trial,
}: {
  command: TrialCommand
  client: TrialClient
  url: string
  apiKey: string
  trial: Trial
}): Promise<Trial> {
  const stopping = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort())
  const counted: CountedCall[] = []
  const startedMs = performance.now()
  const state = () => ({
    options,
    summary: summarizeCalls(counted),
    elapsedMs: performance.now() - startedMs,
  })
  if (!isJson) console.log(describeStart({ options, presetVersion: trial.presetVersion }))
  const display = process.stderr.isTTY ? showLive(state) : showLines(state)
  const ending = await runTrial({
    options,
    url,
    apiKey,
    signal: stopping.signal,
    report: (body) => client.report(trial.id, body),
    onCall: (call) => counted.push(toCounted(call)),
  }).finally(display.stop)
  const { summary, elapsedMs } = state()
  const endedAt = new Date(Date.parse(trial.startedAt) + elapsedMs).toISOString()
  const ended: Trial = { ...trial, ...ending, endedAt, elapsedMs: Math.round(elapsedMs), summary }
  const isColored = process.stdout.isTTY === true
  console.log(
    isJson
      ? JSON.stringify(ended)
      : describeEnd({ trial: ended, pageUrl: `${url}/trials/${trial.id}`, isColored }),
  )
  return ended
}

function toCounted({ provider, durationMs, errorClass, toolCalls }: TrialCall): CountedCall {
  return { provider, durationMs, errorClass, verdicts: toolCalls.map(({ verdict }) => verdict) }
}

type Display = { stop: () => void }
type State = () => Parameters<typeof progressLine>[0]

/** Redraws the same lines in place; the last drawing is taken away, since the summary says the same. */
function showLive(state: State): Display {
  let drawn = 0
  const erase = () => (drawn === 0 ? '' : `\u001b[${drawn}A\u001b[J`)
  const draw = () => {
    const width = process.stderr.columns || 80
    const lines = progressLines({ ...state(), isColored: true })
    process.stderr.write(`${erase()}${lines.join('\n')}\n`)
    drawn = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(shownLength(line) / width)), 0)
  }
  draw()
  const timer = setInterval(draw, REDRAW_EVERY_MS)
  return {
    stop: () => {
      clearInterval(timer)
      process.stderr.write(erase())
    },
  }
}

function showLines(state: State): Display {
  const timer = setInterval(() => console.error(progressLine(state())), PLAIN_LINE_EVERY_MS)
  return { stop: () => clearInterval(timer) }
}

function shownLength(line: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours take no room on screen
  return line.replaceAll(/\u001b\[\d+m/g, '').length
}

// Setting exitCode instead of calling exit lets piped output drain.
main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  },
)
