import os from 'node:os'
import path from 'node:path'

const FIRST_PORT = Number(process.env.E2E_PORT ?? 43117)

/** Specs that run side by side, each on a server of its own; one on a server that runs already (E2E_REUSE=1). */
export const WORKERS = process.env.E2E_REUSE === '1' ? 1 : Number(process.env.E2E_WORKERS ?? 2)

/** The servers of a run, the real `npm start` on a data folder each. */
export const SERVERS = Array.from({ length: WORKERS }, (_, index) => serverOn(FIRST_PORT + index))

/** The server this worker's specs talk to; Playwright numbers the workers that run at the same time. */
export const SERVER = serverOn(FIRST_PORT + Number(process.env.TEST_PARALLEL_INDEX ?? 0))

/** Header of a request made with the key that may do everything. */
export const BEARER = { authorization: `Bearer ${SERVER.apiKey}` }

function serverOn(port: number) {
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    dataDir: path.join(os.tmpdir(), `sightglass-e2e-${port}`),
    adminEmail: 'admin@example.com',
    adminPassword: 'e2e-admin-password',
    apiKey: 'sg_e2e_key_with_every_scope',
  }
}
