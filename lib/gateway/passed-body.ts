import { isObject, type JsonObject } from '../platform/json-value'
import { parseWire, stringifyWire } from '../platform/wire-json'

/** A body that is passed on: its fields as far as the gateway decides by them, and the same body with another model. */
export type PassedBody = {
  /** Of a form, the model alone. */
  fields: JsonObject
  /** For the provider, under its name for the model and without the gateway's own fields. */
  withModel: (upstreamModel: string) => Buffer
}

const BOUNDARY = /^multipart\/form-data\s*;.*\bboundary=(?:"([^"]+)"|([^;\s]+))/i

/**
 * Reads a JSON object, or a form as `multipart/form-data` (transcriptions send files so), of which only the value of the
 * field `model` is looked at and replaced; every other byte stays. Null when it is neither.
 */
export function readPassedBody(
  bytes: Buffer,
  contentType: string | null,
  ownFields: ReadonlySet<string>,
): PassedBody | null {
  const boundary = BOUNDARY.exec(contentType ?? '')
  if (boundary) return readForm(bytes, boundary[1] ?? boundary[2] ?? '')
  const body = parseWire(bytes.toString('utf8'))
  if (!isObject(body)) return null
  const rest = Object.fromEntries(Object.entries(body).filter(([name]) => !ownFields.has(name)))
  return {
    fields: body,
    withModel: (model) => Buffer.from(stringifyWire({ model, ...rest })),
  }
}

function readForm(bytes: Buffer, boundary: string): PassedBody | null {
  const value = findField({ bytes, boundary, name: 'model' })
  if (value === null) return null
  return {
    fields: { model: bytes.toString('utf8', value.start, value.end) },
    withModel: (model) =>
      Buffer.concat([bytes.subarray(0, value.start), Buffer.from(model), bytes.subarray(value.end)]),
  }
}

/** Where the value of a field stands in a form (RFC 7578); null when it has no such field. */
function findField({
  bytes,
  boundary,
  name,
}: {
  bytes: Buffer
  boundary: string
  name: string
}): { start: number; end: number } | null {
  const delimiter = Buffer.from(`--${boundary}`)
  let at = bytes.indexOf(delimiter)
  while (at !== -1) {
    const headEnd = bytes.indexOf('\r\n\r\n', at)
    const next = headEnd === -1 ? -1 : bytes.indexOf(`\r\n--${boundary}`, headEnd)
    if (next === -1) return null
    const head = bytes.toString('utf8', at + delimiter.length, headEnd)
    const isField = /^content-disposition:/im.test(head) && fieldName(head) === name
    if (isField) return { start: headEnd + 4, end: next }
    at = next + 2
  }
  return null
}

function fieldName(head: string): string | undefined {
  const named = /;\s*name=(?:"([^"]*)"|([^;\s]+))/i.exec(head)
  return named?.[1] ?? named?.[2]
}
