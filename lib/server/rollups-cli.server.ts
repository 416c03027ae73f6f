import { parseArgs } from 'node:util'
import pg from 'pg'
import { readEnvironment } from '../platform/env.server'
import { rebuildRollups } from '../recorder/rebuild.server'
import { reopenDays } from '../recorder/reopen-days.server'
import { attachDatabase } from './open-database.server'

const USAGE = `npm run rollups -- rebuild --from 2026-11-01 --to 2026-11-08
npm run rollups -- reopen --from 2026-11-01 --to 2026-11-08

rebuild recomputes the minute, hour and day rollups of the UTC days from --from up to, not including, --to from their
facts. reopen lets days whose facts retention dropped take records again, as after a clock that ran ahead; what was
recorded before the drop stays counted, so send only what was refused since.
Works beside a running server; uses DATABASE_URL, or the embedded database of SIGHTGLASS_DATA_DIR.`

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { from: { type: 'string' }, to: { type: 'string' }, help: { type: 'boolean' } },
  })
  const [command] = positionals
  if (values.help || (command !== 'rebuild' && command !== 'reopen')) {
    console.log(USAGE)
    process.exitCode = values.help ? 0 : 1
    return
  }
  const fromMs = readDay('--from', values.from)
  const toMs = readDay('--to', values.to)
  if (fromMs >= toMs) throw new Error('--to must be after --from.')
  const { DATABASE_URL, SIGHTGLASS_DATA_DIR } = readEnvironment()
  const database = await attachDatabase({ url: DATABASE_URL, dataDir: SIGHTGLASS_DATA_DIR })
  const client = new pg.Client({ connectionString: database.url, options: '-c timezone=UTC' })
  try {
    await client.connect()
    if (command === 'reopen') {
      const opened = await reopenDays(client, { fromMs, toMs })
      console.log(opened.length === 0 ? 'No day of these was dropped.' : `Opened again: ${opened.join(', ')}`)
      return
    }
    for await (const { day, requests, changed } of rebuildRollups(client, { fromMs, toMs })) {
      console.log(`${day}  ${requests} requests  ${changed ? 'rollups corrected' : 'no difference'}`)
    }
  } finally {
    await client.end()
    await database.stop()
  }
}

function readDay(option: string, value: string | undefined): number {
  const timeMs = value === undefined ? Number.NaN : Date.parse(value)
  if (Number.isNaN(timeMs)) throw new Error(`${option} must be a date such as 2026-11-01.`)
  return timeMs
}
