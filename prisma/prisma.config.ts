import path from 'node:path'
import { defineConfig } from 'prisma/config'

// `generate` needs no schema engine, yet the CLI would download one; any existing executable in its place will do.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({
  schema: path.join(import.meta.dirname, 'schema.prisma'),
  migrations: { path: path.join(import.meta.dirname, 'migrations') },
})
