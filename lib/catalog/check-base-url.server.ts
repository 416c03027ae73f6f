import { lookup } from 'node:dns/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../platform/errors'
import {
  type AddressClass,
  classifyAddress,
  describeAddressClass,
  isAddressAllowed,
  isMetadataHost,
  literalAddress,
} from './address-class'
import { isPrivateNetworkAllowed } from './private-network.server'

const RESOLVE_TIMEOUT_MS = 5000

/**
 * Whether a provider may live at this address, judged by every address its name resolves to now; answers whether it
 * then counts as inside the private network. `allowPrivateNetwork` undefined = as far as the operator allows.
 * Throws `validation_failed` on `baseUrl` or `allowPrivateNetwork` in words a person can act on.
 */
export async function checkBaseUrl({
  baseUrl,
  allowPrivateNetwork,
}: {
  baseUrl: string
  allowPrivateNetwork: boolean | undefined
}): Promise<{ isInside: boolean }> {
  const isAllowedHere = isPrivateNetworkAllowed()
  if (allowPrivateNetwork === true && !isAllowedHere) {
    throw refuse(
      'allowPrivateNetwork',
      'this server does not allow private networks; its operator can, with SIGHTGLASS_ALLOW_PRIVATE_NETWORK=true',
    )
  }
  const { hostname } = new URL(baseUrl)
  if (isMetadataHost(hostname)) throw refuse('baseUrl', `${hostname} is a cloud's metadata service`)
  const classes = (await addressesOf(hostname)).map(classifyAddress)
  const isInside = classes.some((one) => one === 'loopback' || one === 'private')
  const allowPrivate = isAllowedHere && allowPrivateNetwork !== false
  const forbidden = classes.find((one) => !isAddressAllowed(one, { allowPrivate }))
  if (forbidden !== undefined) throw refuse('baseUrl', explain({ hostname, forbidden, isAllowedHere }))
  return { isInside }
}

async function addressesOf(hostname: string): Promise<string[]> {
  const literal = literalAddress(hostname)
  if (literal !== null) return [literal]
  const patience = new AbortController()
  const late = sleep(RESOLVE_TIMEOUT_MS, 'late' as const, { signal: patience.signal, ref: false })
  late.catch(() => undefined)
  try {
    const found = await Promise.race([lookup(hostname, { all: true }), late])
    if (found === 'late') throw refuse('baseUrl', `looking up ${hostname} took too long; try again`)
    return found.map(({ address }) => address)
  } catch (error) {
    if (error instanceof AppError) throw error
    throw refuse('baseUrl', `${hostname} was not found; check the spelling, or the server's DNS`)
  } finally {
    patience.abort()
  }
}

function explain({
  hostname,
  forbidden,
  isAllowedHere,
}: {
  hostname: string
  forbidden: AddressClass
  isAllowedHere: boolean
}): string {
  const verb = literalAddress(hostname) === null ? 'leads to' : 'is'
  const what = `${hostname} ${verb} ${describeAddressClass(forbidden)}`
  if (forbidden !== 'loopback' && forbidden !== 'private') return `${what}, where no provider can be`
  return isAllowedHere
    ? `${what}; allow the private network for this provider`
    : `${what}; the operator can allow that with SIGHTGLASS_ALLOW_PRIVATE_NETWORK=true`
}

function refuse(path: 'baseUrl' | 'allowPrivateNetwork', message: string): AppError {
  return new AppError('validation_failed', `${path}: ${message}.`, { details: [{ path, message }] })
}
