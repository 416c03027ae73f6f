import { readEnvironment } from '../platform/env.server'
import { AppError } from '../platform/errors'

const EVERY_ADDRESS = new Set(['0.0.0.0', '::', '[::]'])

/**
 * Where this process reaches the gateway: itself. Throws `unavailable` in a process that serves the dashboard alone and
 * is not told, by SIGHTGLASS_URL, where the other half is.
 */
export function gatewayAddress(): string {
  const { HOST, PORT, SIGHTGLASS_ROLE, SIGHTGLASS_URL } = readEnvironment()
  if (SIGHTGLASS_ROLE === 'dashboard') {
    if (SIGHTGLASS_URL !== undefined) return SIGHTGLASS_URL
    throw new AppError(
      'unavailable',
      'This process serves the dashboard alone. Set SIGHTGLASS_URL to an address where the gateway answers.',
    )
  }
  const host = EVERY_ADDRESS.has(HOST) ? '127.0.0.1' : HOST
  return `http://${host.includes(':') ? `[${host}]` : host}:${PORT}`
}
