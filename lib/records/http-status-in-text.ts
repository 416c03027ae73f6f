/** Words that say that the number after them is a status. */
const NAMED =
  /\b(?:error code|status(?:[_ ]?code)?|http(?:\/\d(?:\.\d)?)?|code|error|errno)\b[\s:=#(-]{1,4}([1-5]\d\d)(?!\d|[.,]\d)/i
/** How messages of providers and SDKs go on after a status at their beginning. */
const REASONS = [
  'status code',
  'error',
  'bad request',
  'bad gateway',
  'unauthori[sz]ed',
  'payment required',
  'forbidden',
  'not found',
  'not implemented',
  'method not',
  'request',
  'conflict',
  'gone',
  'payload',
  'content',
  'unsupported',
  'unprocessable',
  'too many requests',
  'rate',
  'internal',
  'server',
  'service',
  'gateway',
  'overloaded',
  'timeout',
  'client',
  'insufficient',
  'incorrect',
  'invalid',
  'you',
  'your',
]
/** `429 Rate limit reached`, `503 {…}`, `404`. */
const LEADING = new RegExp(`^\\s*\\(?([45]\\d\\d)\\)?\\s*(?:$|[:{<(-]|(?:${REASONS.join('|')})\\b)`, 'i')

/**
 * The HTTP status that a message says: after a word that names it (`Error code: 402`, `status 503`, `HTTP/1.1 429`), in
 * brackets after `status`, or at its beginning with its reason (`429 Rate limit reached`). Null when it says none: a
 * number alone is a count of something (`150 tools were given`), most often of what was too much.
 */
export function httpStatusInText(text: string | null): number | null {
  if (text === null) return null
  const found = NAMED.exec(text)?.[1] ?? LEADING.exec(text)?.[1]
  return found === undefined ? null : Number(found)
}
