import os from 'node:os'
import path from 'node:path'

const port = Number(process.env.E2E_PORT ?? 43117)

/** The server the specs talk to: the real `npm start`, on a data folder of its own. */
export const SERVER = {
  port,
  url: `http://127.0.0.1:${port}`,
  dataDir: path.join(os.tmpdir(), `sightglass-e2e-${port}`),
  adminEmail: 'admin@example.com',
  adminPassword: 'e2e-admin-password',
  apiKey: 'sg_e2e_key_with_every_scope',
}

/** Header of a request made with the key that may do everything. */
export const BEARER = { authorization: `Bearer ${SERVER.apiKey}` }
