import { benchGateway } from './gateway'
import { benchIngest } from './ingest'
import { benchQuery } from './query'

const BENCHMARKS = { ingest: benchIngest, query: benchQuery, gateway: benchGateway } as const

const name = process.argv[2]
if (name !== 'ingest' && name !== 'query' && name !== 'gateway') {
  console.error(`npm run bench -- ${Object.keys(BENCHMARKS).join(' | ')}`)
  process.exit(1)
}
await BENCHMARKS[name]()
process.exit(0)
