import { isObject, textOf } from '../platform/json-value'
import { parseJson } from '../platform/parse-json'
import { REASONING_FORMATS, type ReasoningPart } from './hub'

const PREFIX = 'sg1.'
const KINDS = ['text', 'summary', 'encrypted'] as const

/**
 * Reasoning as an opaque signature of ours, for clients whose shape has a place for signatures only: they send it back
 * as it is, and `openReasoning` makes of it what it was, so that a tool loop goes on at whatever provider serves its
 * next turn. Give the part with an empty text where the words travel beside it. `sg1.` and base64url of JSON.
 */
export function sealReasoning(part: ReasoningPart): string {
  const { format, kind, id, text, signature, via } = part
  const sealed = {
    f: format,
    k: kind,
    ...(id === null ? {} : { i: id }),
    ...(text === '' ? {} : { t: text }),
    ...(signature === null ? {} : { s: signature }),
    ...(via === undefined ? {} : { v: via }),
  }
  return PREFIX + Buffer.from(JSON.stringify(sealed)).toString('base64url')
}

/** Whether a signature is one of ours, which no provider takes. */
export function isSealed(signature: string): boolean {
  return signature.startsWith(PREFIX)
}

/** The reasoning in such a signature; null when it is none of ours or was cut. */
export function openReasoning(signature: string): ReasoningPart | null {
  if (!isSealed(signature)) return null
  const sealed = parseJson(Buffer.from(signature.slice(PREFIX.length), 'base64url').toString('utf8'))
  if (!isObject(sealed)) return null
  const format = REASONING_FORMATS.find((one) => one === sealed.f)
  const kind = KINDS.find((one) => one === sealed.k)
  if (format === undefined || kind === undefined) return null
  const part: ReasoningPart = {
    type: 'reasoning',
    kind,
    text: textOf(sealed.t) ?? '',
    signature: textOf(sealed.s),
    id: textOf(sealed.i),
    format,
  }
  return sealed.v === 'reasoning_details' ? { ...part, via: sealed.v } : part
}
