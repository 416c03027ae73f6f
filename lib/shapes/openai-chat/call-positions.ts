import { isObject, type JsonObject, objectOf, textOf } from '../../platform/json-value'
import { argumentsText } from '../tool-arguments'
import { thoughtSignatureOf } from './read-messages'

/** A tool call under construction. `id` and `name` are empty until the stream has given them. */
export type OpenCall = {
  position: number
  id: string
  name: string
  isCustom: boolean
  thoughtSignature: string | null
}

/** What one entry of a delta did: the call it belongs to, and the piece of arguments it brought. */
export type CallPiece = { call: OpenCall; argumentsPiece: string }

/** Tells which call each entry of `delta.tool_calls` belongs to, and remembers the calls in order of first sight. */
export type CallPositions = { take: (entry: JsonObject) => CallPiece; count: () => number }

/**
 * Entries belong together by `index`; providers that leave it out are read by `id`, then as "a name begins a call,
 * anything else continues the last one". The same index with another id and a name is another call. Arguments given as
 * an object (no text) are written as JSON. Custom tools bring `custom.input`.
 */
export function createCallPositions(): CallPositions {
  const known: Known = { calls: [], byIndex: new Map() }
  return {
    take(entry) {
      const isCustom = isObject(entry.custom)
      const called = isCustom ? objectOf(entry.custom) : objectOf(entry.function)
      const id = textOf(entry.id) ?? ''
      const name = textOf(called.name) ?? ''
      const call = locate(known, { index: entry.index, id, name })
      if (id !== '') call.id = id
      if (name !== '') call.name = name
      if (isCustom) call.isCustom = true
      call.thoughtSignature ??= thoughtSignatureOf(entry)
      return { call, argumentsPiece: argumentsText(isCustom ? called.input : called.arguments) }
    },
    count() {
      return known.calls.length
    },
  }
}

type Known = {
  calls: OpenCall[]
  /** The calls of each index, the last one begun at the end. */
  byIndex: Map<number, OpenCall[]>
}

function locate(known: Known, { index, id, name }: { index: unknown; id: string; name: string }): OpenCall {
  const { calls, byIndex } = known
  if (typeof index === 'number') {
    const sharing = byIndex.get(index) ?? []
    const sameId = id === '' ? undefined : sharing.find((call) => call.id === id)
    const last = sharing.at(-1)
    if (sameId !== undefined) return sameId
    const isOther = last !== undefined && last.id !== '' && id !== '' && name !== ''
    if (last !== undefined && !isOther) return last
    const begun = begin(calls)
    byIndex.set(index, [...sharing, begun])
    return begun
  }
  const sameId = id === '' ? undefined : calls.find((call) => call.id === id)
  if (sameId !== undefined) return sameId
  const last = calls.at(-1)
  return last === undefined || id !== '' || name !== '' ? begin(calls) : last
}

function begin(calls: OpenCall[]): OpenCall {
  const call: OpenCall = { position: calls.length, id: '', name: '', isCustom: false, thoughtSignature: null }
  calls.push(call)
  return call
}
