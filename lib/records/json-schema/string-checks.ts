import { format as FORMATS } from '@cfworker/json-schema'
import type { JsonObject } from '../../platform/json-value'
import { type Check, type Compiler, fail, type Run, spend } from './check'
import { compilePattern } from './compile-pattern'
import { patternCompileSteps } from './pattern-cost'

type Keeps = (text: string, run: Run) => boolean

/** Draft 7's formats less those that the library checks by expressions that backtrack; others are not checked. */
const CHECKED_FORMATS = new Set([
  'date',
  'time',
  'date-time',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uuid',
  'regex',
])
/** No text of these formats is longer, expressions aside. */
const MAX_FORMATTED_LENGTH = 320
const FORMAT_STEPS = 100
const CHARACTERS_PER_STEP = 8

/** `minLength` and `maxLength` in code points, `pattern` and `format`. */
export function stringChecks(schema: JsonObject, compiler: Compiler): Check[] {
  const { minLength, maxLength, pattern, format } = schema
  const checks: Check[] = []
  const add = (keyword: string, keeps: Keeps) =>
    checks.push(
      (value, run) => typeof value !== 'string' || keeps(value, run) || fail(run, schema, keyword, value),
    )
  if (typeof minLength === 'number') add('minLength', (text, run) => isAtLeast(text, minLength, run))
  else if (minLength !== undefined) compiler.noteMalformed()
  if (typeof maxLength === 'number') add('maxLength', (text, run) => isAtMost(text, maxLength, run))
  else if (maxLength !== undefined) compiler.noteMalformed()
  if (typeof pattern === 'string') {
    const matches = compilePattern(pattern, compiler.run)
    add('pattern', (text, run) => matches(text, run) ?? leaveOut(run))
  } else if (pattern !== undefined) compiler.noteMalformed()
  if (typeof format === 'string' && CHECKED_FORMATS.has(format)) {
    add('format', (text, run) => hasFormat(text, format, run))
  }
  return checks
}

/** A code point is one or two units, so most texts need no counting. */
function isAtLeast(text: string, limit: number, run: Run): boolean {
  if (text.length < limit || text.length >= 2 * limit) return text.length >= limit
  return countCodePoints(text, run) >= limit
}

function isAtMost(text: string, limit: number, run: Run): boolean {
  if (text.length <= limit || text.length > 2 * limit) return text.length <= limit
  return countCodePoints(text, run) <= limit
}

function countCodePoints(text: string, run: Run): number {
  spend(run, Math.ceil(text.length / CHARACTERS_PER_STEP))
  let count = 0
  for (let at = 0; at < text.length; at += isPair(text, at) ? 2 : 1) count++
  return count
}

function isPair(text: string, at: number): boolean {
  return (text.codePointAt(at) ?? 0) > 0xffff
}

function leaveOut(run: Run): true {
  run.hasLeftOut = true
  return true
}

function hasFormat(text: string, format: string, run: Run): boolean {
  if (text.length > MAX_FORMATTED_LENGTH) return format === 'regex' && leaveOut(run)
  spend(run, format === 'regex' ? patternCompileSteps(text) : FORMAT_STEPS)
  return FORMATS[format]?.(text) ?? true
}
