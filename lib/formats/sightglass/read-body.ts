import { AppError } from '../../platform/errors'

/** An element of the body: its value, or why the line holds none. */
export type BodyItem = { value: unknown } | { problem: string }

/**
 * The elements of an ingest body: a JSON object is one, an array holds several, anything else is read line by line
 * (NDJSON, blank lines skipped). Told apart by content, because senders' content types cannot be trusted.
 * Throws `bad_request` when nothing in it is JSON.
 */
export function readBody(body: string): BodyItem[] {
  const text = body.charCodeAt(0) === 0xfeff ? body.slice(1) : body
  const first = text.trimStart().charAt(0)
  if (first === '')
    throw new AppError(
      'bad_request',
      'The body is empty; expected a JSON record, an array of them, or NDJSON.',
    )
  const whole = parse(text)
  if ('value' in whole) {
    if (Array.isArray(whole.value)) return whole.value.map((value) => ({ value }))
    return [whole]
  }
  const items = first === '{' ? readLines(text) : []
  if (items.some((item) => 'value' in item)) return items
  throw new AppError('bad_request', `The body is not JSON: ${whole.problem}`)
}

function readLines(text: string): BodyItem[] {
  const items: BodyItem[] = []
  for (const line of text.split('\n')) {
    const trimmed = line.trim()
    if (trimmed !== '') items.push(parse(trimmed))
  }
  return items
}

function parse(text: string): BodyItem {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { problem: error instanceof Error ? error.message.slice(0, 200) : 'not JSON' }
  }
}
