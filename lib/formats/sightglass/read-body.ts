import { AppError } from '../../platform/errors'

/** An element of the body: its value, or why the line holds none. */
export type BodyItem = { value: unknown } | { problem: string }

/** One request's share of the server's memory: a full body of real records has fewer. */
const MAX_RECORDS = 250_000
/** Values, fields and lines, which cost memory each however short they are. Real records of 64 MiB have fewer. */
const MAX_ELEMENTS = 5_000_000
/** Bodies below this cannot hold enough elements to matter. */
const COUNTED_FROM_LENGTH = 4_194_304

/**
 * The elements of an ingest body: a JSON object is one, an array holds several, anything else is read line by line
 * (NDJSON, blank lines skipped). Told apart by content, because senders' content types cannot be trusted.
 * Throws `bad_request` when nothing in it is JSON and `payload_too_large` when it holds too many elements.
 */
export function readBody(body: string): BodyItem[] {
  const text = body.charCodeAt(0) === 0xfeff ? body.slice(1) : body
  const first = /\S/.exec(text)?.[0]
  if (first === undefined)
    throw new AppError(
      'bad_request',
      'The body is empty; expected a JSON record, an array of them, or NDJSON.',
    )
  // Parsing alone would make an object of each, so they are counted before.
  if (text.length > COUNTED_FROM_LENGTH) refuseTooMany(countElements(text), MAX_ELEMENTS)
  const whole = parse(text)
  if ('value' in whole) {
    if (!Array.isArray(whole.value)) return [whole]
    refuseTooMany(whole.value.length, MAX_RECORDS)
    return whole.value.map((value) => ({ value }))
  }
  const items = first === '{' ? readLines(text) : []
  if (items.some((item) => 'value' in item)) return items
  throw new AppError('bad_request', `The body is not JSON: ${whole.problem}`)
}

function readLines(text: string): BodyItem[] {
  const items: BodyItem[] = []
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    const line = text.slice(start, end).trim()
    start = end + 1
    if (line === '') continue
    items.push(parse(line))
    refuseTooMany(items.length, MAX_RECORDS)
  }
  return items
}

function countElements(text: string): number {
  let count = 0
  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case 0x7b: // {
      case 0x5b: // [
      case 0x2c: // ,
      case 0x0a: // newline
        count++
    }
  }
  return count
}

function refuseTooMany(count: number, most: number): void {
  if (count <= most) return
  const what = most === MAX_RECORDS ? `${MAX_RECORDS} records` : `${MAX_ELEMENTS} values`
  throw new AppError('payload_too_large', `The body holds more than ${what}; send it in parts.`)
}

function parse(text: string): BodyItem {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { problem: error instanceof Error ? error.message.slice(0, 200) : 'not JSON' }
  }
}
