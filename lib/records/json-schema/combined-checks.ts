import type { JsonObject } from '../../platform/json-value'
import { type Check, type Compiler, fail } from './check'

/** `allOf`, `anyOf`, `oneOf`, `not` and `if` with `then` and `else`. */
export function combinedChecks(schema: JsonObject, compiler: Compiler): Check[] {
  return [
    ...compileList(schema.allOf, compiler),
    ...anyOf(schema, compiler),
    ...oneOf(schema, compiler),
    ...not(schema, compiler),
    ...conditional(schema, compiler),
  ]
}

function anyOf(schema: JsonObject, compiler: Compiler): Check[] {
  const checks = compileList(schema.anyOf, compiler)
  if (checks.length === 0) return []
  return [
    (value, run) => {
      for (const check of checks) if (check(value, run)) return true
      return fail(run, schema, 'anyOf', value)
    },
  ]
}

function oneOf(schema: JsonObject, compiler: Compiler): Check[] {
  const checks = compileList(schema.oneOf, compiler)
  if (checks.length === 0) return []
  return [
    (value, run) => {
      let matches = 0
      for (const check of checks) if (check(value, run) && ++matches > 1) break
      return matches === 1 || fail(run, schema, 'oneOf', value)
    },
  ]
}

function not(schema: JsonObject, compiler: Compiler): Check[] {
  const check = schema.not === undefined ? null : compiler.compile(schema.not)
  return check === null ? [] : [(value, run) => !check(value, run) || fail(run, schema, 'not', value)]
}

function conditional(schema: JsonObject, compiler: Compiler): Check[] {
  const then = schema.then === undefined ? null : compiler.compile(schema.then)
  const otherwise = schema.else === undefined ? null : compiler.compile(schema.else)
  if (schema.if === undefined || (then === null && otherwise === null)) return []
  const condition = compiler.compile(schema.if)
  if (condition === null) return []
  return [
    (value, run) => {
      const next = condition(value, run) ? then : otherwise
      return next === null || next(value, run)
    },
  ]
}

function compileList(list: unknown, compiler: Compiler): Check[] {
  if (list === undefined) return []
  if (Array.isArray(list)) return list.map(compiler.compile).filter((check) => check !== null)
  compiler.noteMalformed()
  return []
}
