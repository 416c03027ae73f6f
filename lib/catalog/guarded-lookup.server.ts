import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import {
  classifyAddress,
  describeAddressClass,
  isAddressAllowed,
  isMetadataHost,
  literalAddress,
} from './address-class'

/** The `code` of an error that says an address must not be called. */
export const ADDRESS_REFUSED = 'ERR_ADDRESS_REFUSED'

/** Whether a provider's address may be loopback or private: when provider and operator both say so. */
type Guard = { allowPrivate: boolean }

/** The part of `dns.lookup` that is needed; tests bring their own answers. */
type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void

/**
 * For the `lookup` option of net.connect and tls.connect: resolves a name and hands out only addresses that may be
 * called, so that a name that was fine when it was saved cannot lead inside later. Calls back with an error whose
 * `code` is ADDRESS_REFUSED when none is left. Node does not look up literal addresses: see `refusalOfHost`.
 */
export function guardedLookup({
  allowPrivate,
  resolve = lookup,
}: Guard & { resolve?: Resolve }): LookupFunction {
  return (hostname, options, callback) => {
    if (isMetadataHost(hostname))
      return callback(refused(`${hostname} is a cloud's metadata service.`), '', 0)
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 0)
      const allowed = found.filter(({ address }) =>
        isAddressAllowed(classifyAddress(address), { allowPrivate }),
      )
      const first = allowed[0]
      if (!first) {
        const what = describeAddressClass(classifyAddress(found[0]?.address ?? ''))
        return callback(refused(`${hostname} leads to ${what}, which is not allowed.`), '', 0)
      }
      if (options.all) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }
}

/** Why a URL's host must not be called at all, as an error with the code ADDRESS_REFUSED; null for names to look up. */
export function refusalOfHost(hostname: string, { allowPrivate }: Guard): Error | null {
  if (isMetadataHost(hostname)) return refused(`${hostname} is a cloud's metadata service.`)
  const address = literalAddress(hostname)
  if (address === null) return null
  const addressClass = classifyAddress(address)
  if (isAddressAllowed(addressClass, { allowPrivate })) return null
  return refused(`${address} is ${describeAddressClass(addressClass)}, which is not allowed.`)
}

/** The `connect` option of an undici Client, Pool or Agent that reaches only addresses that may be called. */
export function guardedConnector({
  allowPrivate,
  connectTimeoutMs,
}: Guard & { connectTimeoutMs: number }): buildConnector.connector {
  const connect = buildConnector({ timeout: connectTimeoutMs, lookup: guardedLookup({ allowPrivate }) })
  return (options, callback) => {
    const refusal = refusalOfHost(options.hostname, { allowPrivate })
    if (refusal) return callback(refusal, null)
    connect(options, (...connected) => {
      const [, socket] = connected
      // Before undici listens, so that whoever gets the error can tell a connection that was used before.
      socket?.on('error', (error: SocketFault) => {
        error.bytesRead = socket.bytesRead
      })
      callback(...connected)
    })
  }
}

/** An error of a connection; `bytesRead` > 0 = it had brought an answer before. */
export type SocketFault = Error & { bytesRead?: number }

function refused(message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code: ADDRESS_REFUSED })
}
