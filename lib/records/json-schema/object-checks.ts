import { isObject, type JsonObject } from '../../platform/json-value'
import { type Check, type Compiler, fail, failBelow, type Run, spend, TooExpensive } from './check'
import { compilePattern } from './compile-pattern'

const DEPENDENCIES = ['dependencies', 'dependentRequired', 'dependentSchemas']

type ObjectRule = (object: JsonObject, keys: readonly string[], run: Run) => boolean

/**
 * `required`, `minProperties`, `maxProperties`, `propertyNames`, `properties`, `patternProperties`,
 * `additionalProperties` and `dependencies`, and of later drafts `dependentRequired` and `dependentSchemas`.
 */
export function objectChecks(schema: JsonObject, compiler: Compiler): Check[] {
  return [
    requiredCheck(schema, compiler),
    keysCheck(schema, compiler),
    ...DEPENDENCIES.map((keyword) => dependenciesCheck(schema, keyword, compiler)),
  ].filter((check) => check !== null)
}

function requiredCheck(schema: JsonObject, compiler: Compiler): Check | null {
  if (schema.required === undefined) return null
  const names = namesIn(schema.required)
  // Draft 3 and OpenAPI 2 write `required: true` at the property.
  if (names === null) compiler.noteMalformed()
  return names && ((value, run) => hasAll(value, names, run) || fail(run, schema, 'required', value))
}

function hasAll(value: unknown, names: readonly string[], run: Run): boolean {
  if (!isObject(value)) return true
  spend(run, names.length)
  for (const name of names) if (!Object.hasOwn(value, name)) return false
  return true
}

/** Where an object has the name, it must also have the other names, or keep the schema. */
function dependenciesCheck(schema: JsonObject, keyword: string, compiler: Compiler): Check | null {
  const dependencies = schema[keyword]
  if (dependencies === undefined) return null
  if (!isObject(dependencies)) {
    compiler.noteMalformed()
    return null
  }
  const checks = Object.entries(dependencies).flatMap(
    ([name, dependency]): { name: string; check: Check }[] => {
      const names = namesIn(dependency)
      if (names !== null)
        return [
          { name, check: (value, run) => hasAll(value, names, run) || fail(run, schema, keyword, value) },
        ]
      const check = compiler.compile(dependency)
      return check === null ? [] : [{ name, check }]
    },
  )
  return (value, run) => {
    if (!isObject(value)) return true
    spend(run, checks.length)
    for (const { name, check } of checks) if (Object.hasOwn(value, name) && !check(value, run)) return false
    return true
  }
}

/** The rules that look at all keys of an object. */
function keysCheck(schema: JsonObject, compiler: Compiler): Check | null {
  const rules = [
    ...countRules(schema, compiler),
    namesRule(schema, compiler),
    propertiesRule(schema, compiler),
  ].filter((rule) => rule !== null)
  if (rules.length === 0) return null
  return (value, run) => {
    if (!isObject(value)) return true
    const keys = Object.keys(value)
    spend(run, 2 * keys.length)
    for (const rule of rules) if (!rule(value, keys, run)) return false
    return true
  }
}

function countRules(schema: JsonObject, compiler: Compiler): ObjectRule[] {
  const { minProperties, maxProperties } = schema
  const rules: ObjectRule[] = []
  if (typeof minProperties === 'number')
    rules.push(
      (object, keys, run) => keys.length >= minProperties || fail(run, schema, 'minProperties', object),
    )
  else if (minProperties !== undefined) compiler.noteMalformed()
  if (typeof maxProperties === 'number')
    rules.push(
      (object, keys, run) => keys.length <= maxProperties || fail(run, schema, 'maxProperties', object),
    )
  else if (maxProperties !== undefined) compiler.noteMalformed()
  return rules
}

function namesRule({ propertyNames }: JsonObject, compiler: Compiler): ObjectRule | null {
  const check = propertyNames === undefined ? null : compiler.compile(propertyNames)
  if (check === null) return null
  return (_object, keys, run) => {
    for (const key of keys) if (!check(key, run)) return failBelow(run, key)
    return true
  }
}

/** Each property is held against every schema meant for its name; when there is none, against the additional one. */
function propertiesRule(schema: JsonObject, compiler: Compiler): ObjectRule | null {
  const named = new Map(compileMap(schema.properties, compiler))
  const patterned = compileMap(schema.patternProperties, compiler).map(([pattern, check]) => ({
    matches: compilePattern(pattern, compiler.run),
    check,
  }))
  const additional = compileAdditional(schema, compiler)
  if (named.size === 0 && patterned.length === 0 && additional === null) return null
  return (object, keys, run) => {
    for (const key of keys) {
      const value = object[key]
      const check = named.get(key)
      let isKnown = check !== undefined
      if (check && !check(value, run)) return failBelow(run, key)
      for (const { matches, check } of patterned) {
        const isMatch = matches(key, run)
        // Left out, it would turn properties into additional ones.
        if (isMatch === null) throw new TooExpensive()
        if (isMatch && !check(value, run)) return failBelow(run, key)
        isKnown ||= isMatch
      }
      if (!isKnown && additional && !additional(value, run)) return failBelow(run, key)
    }
    return true
  }
}

function compileAdditional(schema: JsonObject, compiler: Compiler): Check | null {
  const { additionalProperties } = schema
  if (additionalProperties === undefined) return null
  if (additionalProperties !== false) return compiler.compile(additionalProperties)
  return (value, run) => fail(run, schema, 'additionalProperties', value)
}

function compileMap(map: unknown, compiler: Compiler): [string, Check][] {
  if (map === undefined) return []
  if (!isObject(map)) {
    compiler.noteMalformed()
    return []
  }
  // What is no schema takes any value, so that its property is still one that is known.
  return Object.entries(map).map(([name, schema]) => [name, compiler.compile(schema) ?? (() => true)])
}

function namesIn(value: unknown): string[] | null {
  return Array.isArray(value) && value.every((name) => typeof name === 'string') ? value : null
}
