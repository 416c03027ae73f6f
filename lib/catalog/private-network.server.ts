import { readEnvironment } from '../platform/env.server'
import { classifyAddress } from './address-class'

/**
 * Whether the operator lets providers live at loopback and private-network addresses: SIGHTGLASS_ALLOW_PRIVATE_NETWORK,
 * else whether this server itself listens on loopback only, where whoever may configure it owns the machine.
 */
export function isPrivateNetworkAllowed(): boolean {
  const { SIGHTGLASS_ALLOW_PRIVATE_NETWORK, HOST } = readEnvironment()
  return SIGHTGLASS_ALLOW_PRIVATE_NETWORK ?? (HOST === 'localhost' || classifyAddress(HOST) === 'loopback')
}
