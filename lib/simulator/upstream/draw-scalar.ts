import { between, type Random } from '../../platform/random'
import { drawFormat } from './draw-format'
import { drawForPattern } from './draw-pattern'
import { drawPhrase } from './draw-text'
import { asCount, type JsonSchema } from './resolve-schema'

/** A text for a schema of type string: its pattern, else its format, else a few words, within its length. */
export function drawString(schema: JsonSchema, random: Random): string {
  const least = asCount(schema.minLength, 0)
  const most = asCount(schema.maxLength, Number.POSITIVE_INFINITY)
  if (typeof schema.pattern === 'string')
    return drawMatching({ pattern: schema.pattern, least, most, random })
  const formatted = typeof schema.format === 'string' ? drawFormat(schema.format, random) : null
  if (formatted !== null) return formatted
  let text = drawPhrase({ random, words: 1 + Math.floor(random() * 4) })
  while (text.length < least)
    text += ` ${drawPhrase({ random, words: Math.ceil((least - text.length) / 6) })}`
  return text.length > most ? text.slice(0, most) : text
}

/** Tries with ever longer repeats until the length fits. */
function drawMatching({
  pattern,
  least,
  most,
  random,
}: {
  pattern: string
  least: number
  most: number
  random: Random
}): string {
  let last = ''
  for (const extra of [4, 0, 4, 12, 40, 150, least]) {
    const drawn = drawForPattern({ pattern, random, extra })
    if (drawn === null) break
    last = drawn
    if (drawn.length >= least && drawn.length <= most) return drawn
  }
  return last
}

/** A number for a schema of type number or integer, on its steps and within its bounds. */
export function drawNumber({
  schema,
  random,
  isWhole,
}: {
  schema: JsonSchema
  random: Random
  isWhole: boolean
}): number {
  const step =
    typeof schema.multipleOf === 'number' && schema.multipleOf > 0 ? schema.multipleOf : isWhole ? 1 : 0.01
  const low = bound(schema.minimum, schema.exclusiveMinimum, step, Math.max)
  const high = bound(schema.maximum, schema.exclusiveMaximum, -step, Math.min)
  const from = low ?? Math.min(0, (high ?? 0) - 100 * step)
  const to = high ?? from + 100 * step
  const steps = Math.floor(to / step + 1e-9) - Math.ceil(from / step - 1e-9)
  if (steps < 0) return isWhole ? Math.ceil(from) : between(random, from, Math.max(from, to))
  const value = (Math.ceil(from / step - 1e-9) + Math.floor(random() * (steps + 1))) * step
  // Steps such as 0.01 leave dust behind the last digit.
  return Number(value.toPrecision(12))
}

function bound(
  inclusive: unknown,
  exclusive: unknown,
  step: number,
  choose: (a: number, b: number) => number,
): number | null {
  const bounds = [
    typeof inclusive === 'number' ? inclusive : null,
    typeof exclusive === 'number' ? exclusive + step : null,
  ].filter((value) => value !== null)
  return bounds.length === 0 ? null : bounds.reduce(choose)
}
