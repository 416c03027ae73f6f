/**
 * The JSON text of an object with some of its top-level fields set to other values, given as JSON text; fields that it
 * does not have come to its end. Everything else stays as it is written, so that large numbers keep their digits. Text
 * that is no object comes back unchanged.
 */
export function withTopLevelFields(json: string, fields: Readonly<Record<string, string>>): string {
  const end = json.lastIndexOf('}')
  if (end === -1 || !/^\s*\{/.test(json)) return json
  const missing = new Set(Object.keys(fields))
  let text = ''
  let copied = 0
  for (const { name, valueStart, valueEnd } of membersOf(json)) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (value === undefined) continue
    text += json.slice(copied, valueStart) + value
    copied = valueEnd
    missing.delete(name)
  }
  const added = [...missing].map((name) => `${JSON.stringify(name)}:${fields[name]}`).join(',')
  const body = text + json.slice(copied, end)
  const comma = added === '' || /\{\s*$/.test(body) ? '' : ','
  return body + comma + added + json.slice(end)
}

type Member = { name: string; valueStart: number; valueEnd: number }

/** The members of an object's text; each character is looked at once. */
function* membersOf(json: string): Generator<Member> {
  let depth = 0
  let name = ''
  let textStart = -1
  let valueStart = -1
  for (let at = 0; at < json.length; at += 1) {
    switch (json.charCodeAt(at)) {
      case QUOTE: {
        textStart = at
        at = endOfText(json, at)
        if (at === -1) return
        if (depth === 1 && valueStart === -1) name = json.slice(textStart + 1, at)
        break
      }
      case COLON:
        if (depth === 1 && valueStart === -1) valueStart = at + 1
        break
      case OPEN_BRACE:
      case OPEN_BRACKET:
        depth += 1
        break
      case COMMA:
        if (depth === 1 && valueStart !== -1) {
          yield { name, valueStart, valueEnd: at }
          valueStart = -1
        }
        break
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        depth -= 1
        if (depth === 0 && valueStart !== -1) {
          yield { name, valueStart, valueEnd: at }
          return
        }
        break
    }
  }
}

function endOfText(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); end !== -1; end = json.indexOf('"', end + 1)) {
    let backslashes = 0
    while (json.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1
    if (backslashes % 2 === 0) return end
  }
  return -1
}

const QUOTE = 34
const COMMA = 44
const COLON = 58
const OPEN_BRACKET = 91
const BACKSLASH = 92
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123
const CLOSE_BRACE = 125
