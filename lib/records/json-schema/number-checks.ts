import type { JsonObject } from '../../platform/json-value'
import { type Check, type Compiler, fail, type Run, spend } from './check'

const LIMITS: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  minimum: (value, limit) => value >= limit,
  maximum: (value, limit) => value <= limit,
  exclusiveMinimum: (value, limit) => value > limit,
  exclusiveMaximum: (value, limit) => value < limit,
}
const DECIMAL_STEPS = 100

/** `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum` and `multipleOf`. */
export function numberChecks(schema: JsonObject, compiler: Compiler): Check[] {
  const checks: Check[] = []
  for (const [keyword, keeps] of Object.entries(LIMITS)) {
    const limit = schema[keyword]
    if (limit === undefined) continue
    // Draft 4 and OpenAPI 3.0 write `exclusiveMinimum: true`.
    if (typeof limit !== 'number') compiler.noteMalformed()
    else
      checks.push(
        (value, run) => typeof value !== 'number' || keeps(value, limit) || fail(run, schema, keyword, value),
      )
  }
  const divisor = schema.multipleOf
  if (typeof divisor === 'number' && divisor > 0 && Number.isFinite(divisor)) {
    checks.push(
      (value, run) =>
        typeof value !== 'number' ||
        isMultipleOf(value, divisor, run) ||
        fail(run, schema, 'multipleOf', value),
    )
  } else if (divisor !== undefined) compiler.noteMalformed()
  return checks
}

/** Exact for decimal fractions: 0.3 is a multiple of 0.1. */
function isMultipleOf(value: number, divisor: number, run: Run): boolean {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor)) return value % divisor === 0
  if (!Number.isFinite(value)) return false
  spend(run, DECIMAL_STEPS)
  const one = decimalOf(value)
  const other = decimalOf(divisor)
  const exponent = Math.min(one.exponent, other.exponent)
  return scaleTo(exponent, one) % scaleTo(exponent, other) === 0n
}

type Decimal = { digits: bigint; exponent: number }

function decimalOf(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = String(value).split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length }
}

function scaleTo(exponent: number, { digits, exponent: own }: Decimal): bigint {
  return digits * 10n ** BigInt(own - exponent)
}
