import { readEnvironment } from '../platform/env.server'
import { classifyAddress } from './address-class'

/**
 * Whether the operator lets providers live at loopback and private-network addresses: when this server
 * itself listens on loopback only, where whoever may configure it owns the machine.
 */
export function isPrivateNetworkAllowed(): boolean {
  const { HOST } = readEnvironment()
  return HOST === 'localhost' || classifyAddress(HOST) === 'loopback'
}
