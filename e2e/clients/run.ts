import { rm } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type BenchServer, startBenchServer } from '../../bench/bench-server'
import { CLIENTS } from './catalog'
import type { Client, Outcome, Target } from './cell'
import { connectProviders, modelOf } from './connect-providers'
import { DIRECT_EXCEPTIONS, EXCEPTIONS } from './exceptions'
import { RUN_FOLDER } from './install-client'
import { PROVIDER_KEY, type Providers, SHAPES, type Shape, startProviders } from './providers/start-providers'
import { excusedBy, reportExcuses, reportFailures, tableOf } from './report'
import { runClient } from './run-client'

const USAGE =
  'npm run clients -- [--only PART_OF_A_NAME] [--shape chat|messages|responses|gemini] [--direct] [--keep] [--jobs N]'

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    shape: { type: 'string', multiple: true, default: [] },
    direct: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '2' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(USAGE)
  process.exit(0)
}

const clients = CLIENTS.filter(
  ({ name }) => !values.only.length || values.only.some((part) => name.includes(part)),
)
const shapes = SHAPES.filter((shape) => !values.shape.length || values.shape.includes(shape))
const providers = await startProviders()
const server = values.direct ? null : await startBenchServer({ role: 'data-plane' })
const refused = server ? await connectProviders(server, providers.url) : new Map<Shape, string>()
const outcomes = await runAll(server, providers)
const excuse = excusedBy(values.direct ? DIRECT_EXCEPTIONS : EXCEPTIONS)
console.log(tableOf(clients, outcomes, shapes, excuse))
for (const part of [reportExcuses(outcomes, excuse), reportFailures(outcomes, excuse)]) {
  if (part) console.log(`\n${part}`)
}
if (server && values.keep) {
  console.log(`The gateway stays at ${server.url}/api/v1 (key ${server.apiKey}) until this ends by Ctrl+C.`)
  await new Promise((resolve) => process.once('SIGINT', resolve))
}
await server?.stop()
await providers.stop()
await rm(path.join(RUN_FOLDER, 'homes'), { recursive: true, force: true })
process.exit(outcomes.every((outcome) => outcome.problem === null || excuse(outcome) !== null) ? 0 : 1)

/** Every cell that was asked for, a few at a time; a line each as it ends. */
async function runAll(gateway: BenchServer | null, upstreams: Providers): Promise<Outcome[]> {
  const left = clients.flatMap((client) =>
    shapesOf(client, gateway !== null).map((shape) => ({ client, shape })),
  )
  const done: Outcome[] = []
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const outcome = await runCell(next.client, next.shape, gateway, upstreams)
      done.push(outcome)
      const { client, shape, seconds, problem } = outcome
      console.error(
        `${problem ? 'FAIL' : 'ok  '} ${client} × ${shape} (${seconds.toFixed(1)} s)${problem ? `: ${problem.slice(0, 200)}` : ''}`,
      )
    }
  }
  await Promise.all(Array.from({ length: Number(values.jobs) }, work))
  return done
}

/** Without the gateway between them, a client meets only the provider of its own shape. */
function shapesOf(client: Client, isThroughGateway: boolean): Shape[] {
  const tried = client.at ?? SHAPES
  return shapes.filter((shape) => (isThroughGateway ? tried.includes(shape) : shape === client.speaks))
}

async function runCell(
  client: Client,
  shape: Shape,
  gateway: BenchServer | null,
  upstreams: Providers,
): Promise<Outcome> {
  const problem = refused.get(shape)
  if (problem) return { client: client.name, shape, problem, exchange: null, log: '', seconds: 0 }
  const target: Target = gateway
    ? { origin: gateway.url, key: gateway.apiKey, model: modelOf(shape) }
    : { origin: `${upstreams.url}/${shape}`, key: PROVIDER_KEY, model: `atlas-${shape}` }
  return runClient({ client, shape, target, providers: upstreams })
}
