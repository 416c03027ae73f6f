import { parseArgs } from 'node:util'
import { benchGateway } from './gateway'
import { benchIngest } from './ingest'
import { benchQuery } from './query'

const USAGE = 'npm run bench -- ingest | gateway | query [--data FOLDER] [--only PART_OF_A_PATH]'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string' }, only: { type: 'string' } },
})
switch (positionals[0]) {
  case 'ingest':
    await benchIngest()
    break
  case 'gateway':
    await benchGateway()
    break
  case 'query':
    await benchQuery(values)
    break
  default:
    console.error(USAGE)
    process.exit(1)
}
process.exit(0)
