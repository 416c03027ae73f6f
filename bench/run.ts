import { parseArgs } from 'node:util'
import { benchCache } from './cache'
import { benchGateway } from './gateway'
import { benchIngest } from './ingest'
import { benchQuery } from './query'

const USAGE =
  'npm run bench -- ingest | gateway [--quick] | cache TRACE | query [--data FOLDER] [--only PART_OF_A_PATH]'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string' }, only: { type: 'string' }, quick: { type: 'boolean' } },
})
switch (positionals[0]) {
  case 'ingest':
    await benchIngest()
    break
  case 'gateway':
    await benchGateway(values)
    break
  case 'cache': {
    const [, trace] = positionals
    if (trace === undefined) throw new Error('expected the file of the trace, conversation_trace.jsonl')
    await benchCache(trace)
    break
  }
  case 'query':
    await benchQuery(values)
    break
  default:
    console.error(USAGE)
    process.exit(1)
}
process.exit(0)
