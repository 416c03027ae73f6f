import { SingleBar } from 'cli-progress'
import { readEnvironment } from '../platform/env.server'
import { AppError } from '../platform/errors'
import { IMPORT_HELP, type ImportCommand, parseImportCommand } from './command-line'
import { describeSummary } from './describe-summary'
import { type ImportProgress, importFile } from './import-file.server'
import { openIngestClient } from './ingest-client.server'

const GIVE_UP_AFTER_MS = 180_000
const PLAIN_PROGRESS_EVERY_MS = 5_000

type ProgressDisplay = { update: (progress: ImportProgress) => void; stop: () => void }

async function main(): Promise<number> {
  const command = parseImportCommand(process.argv.slice(2))
  if (command === 'help') {
    console.log(IMPORT_HELP)
    return 0
  }
  const environment = readEnvironment()
  if (environment.SIGHTGLASS_API_KEY === undefined) {
    throw new AppError(
      'unauthorized',
      'Set SIGHTGLASS_API_KEY to an API key; the server prints one at its first start.',
    )
  }
  const url = command.url ?? environment.SIGHTGLASS_URL ?? `http://127.0.0.1:${environment.PORT}`
  return runImport({ command, url, apiKey: environment.SIGHTGLASS_API_KEY })
}

async function runImport({
  command,
  url,
  apiKey,
}: {
  command: ImportCommand
  url: string
  apiKey: string
}): Promise<number> {
  const client = openIngestClient({
    url,
    apiKey,
    connections: command.concurrency,
    isCompressed: true,
    giveUpAfterMs: GIVE_UP_AFTER_MS,
    isPatientAtStart: false,
  })
  const display = process.stderr.isTTY ? showBar() : showLines()
  const startedMs = performance.now()
  try {
    const summary = await importFile({ ...command, post: client.post, onProgress: display.update })
    display.stop()
    console.log(describeSummary({ path: command.path, summary, elapsedMs: performance.now() - startedMs }))
    return summary.rejectedCount > 0 ? 2 : 0
  } finally {
    display.stop()
    await client.close()
  }
}

function showBar(): ProgressDisplay {
  const bar = new SingleBar({
    format: 'Importing {bar} {percentage}% · {rows} rows · {eta_formatted} left',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    stopOnComplete: false,
  })
  let isRunning = true
  bar.start(1, 0, { rows: 0 })
  return {
    update: ({ readBytes, sizeBytes, rowsRead }) => {
      bar.setTotal(Math.max(sizeBytes, 1))
      bar.update(readBytes, { rows: rowsRead.toLocaleString('en-US') })
    },
    stop: () => {
      if (isRunning) bar.stop()
      isRunning = false
    },
  }
}

function showLines(): ProgressDisplay {
  let shownMs = performance.now()
  return {
    update: ({ readBytes, sizeBytes, rowsRead }) => {
      if (performance.now() - shownMs < PLAIN_PROGRESS_EVERY_MS) return
      shownMs = performance.now()
      const percent = Math.floor((100 * readBytes) / Math.max(sizeBytes, 1))
      console.error(`${percent} % read, ${rowsRead.toLocaleString('en-US')} rows`)
    },
    stop: () => undefined,
  }
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
