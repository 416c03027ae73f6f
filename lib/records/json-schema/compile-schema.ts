import { isObject, type JsonObject } from '../../platform/json-value'
import { arrayChecks } from './array-checks'
import { type Check, type Compiler, enter, fail, type Run, spend, Uncompilable } from './check'
import { combinedChecks } from './combined-checks'
import { indexReferences, MAX_SCHEMA_DEPTH, type ResolveReference } from './index-references'
import { numberChecks } from './number-checks'
import { objectChecks } from './object-checks'
import { stringChecks } from './string-checks'
import { valueChecks } from './value-checks'

/** A schema ready to be held against values. What its references point at is compiled when it is reached. */
export type CompiledSchema = {
  check: Check
  /** Whether leaving rules out can only ever let more values through. */
  isMonotone: () => boolean
  /** Whether a keyword was not what draft 7 makes it, and is left out. */
  hasMalformed: () => boolean
}

type Group = (schema: JsonObject, compiler: Compiler) => Check[]

/** Which keywords are compiled together. A schema has few of them, so the groups are found by what is there. */
const KEYWORDS: readonly (readonly [Group, readonly string[]])[] = [
  [valueChecks, ['type', 'enum', 'const']],
  [numberChecks, ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
  [stringChecks, ['minLength', 'maxLength', 'pattern', 'format']],
  [objectChecks, ['required', 'minProperties', 'maxProperties', 'propertyNames', 'properties']],
  [objectChecks, ['patternProperties', 'additionalProperties']],
  [objectChecks, ['dependencies', 'dependentRequired', 'dependentSchemas']],
  [
    arrayChecks,
    ['items', 'additionalItems', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems', 'contains'],
  ],
  [combinedChecks, ['allOf', 'anyOf', 'oneOf', 'not', 'if']],
]
const GROUP_OF = new Map(KEYWORDS.flatMap(([group, names]) => names.map((name) => [name, group] as const)))
const COMPILE_STEPS = 20
const NOTHING: JsonObject = {}
const NOT_MONOTONE = new Set(['not', 'if', 'oneOf', 'maxContains'])

/**
 * Compiles a JSON Schema (draft 7; any JSON value) into a function that counts what it costs. `payer` pays for the
 * compiling. Throws `Uncompilable` for a type that draft 7 does not know, a pattern that is none, a reference to
 * nowhere and more than 100 levels, here or when a reference is reached; and `TooExpensive`.
 */
export function compileSchema(root: unknown, payer: Run): CompiledSchema {
  let references: ResolveReference | null = null
  const targets = new Map<unknown, Check>()
  let isMonotone = true
  let hasMalformed = false
  let depth = 0
  const compiler: Compiler = {
    run: payer,
    noteMalformed: () => {
      hasMalformed = true
    },
    compile(schema) {
      if (schema === true) return compileRules([])
      if (schema === false) return refuse
      if (isObject(schema)) return compileObject(schema)
      hasMalformed = true
      return null
    },
  }

  function compileObject(schema: JsonObject): Check {
    if (++depth > MAX_SCHEMA_DEPTH) throw new Uncompilable()
    spend(compiler.run, COMPILE_STEPS)
    try {
      return typeof schema.$ref === 'string' ? compileReference(schema.$ref, schema) : compileKeywords(schema)
    } finally {
      depth--
    }
  }

  function compileKeywords(schema: JsonObject): Check {
    const groups = new Set<Group>()
    for (const keyword of Object.keys(schema)) {
      const group = GROUP_OF.get(keyword)
      if (group) groups.add(group)
      if (NOT_MONOTONE.has(keyword)) isMonotone = false
    }
    return compileRules([...groups].flatMap((group) => group(schema, compiler)))
  }

  function compileReference(reference: string, from: JsonObject): Check {
    references ??= indexReferences(root, compiler.run)
    const target = references(reference, from, compiler.run)
    if (target === undefined) throw new Uncompilable()
    return (value, run) => {
      enter(run, 1)
      const check = targets.get(target) ?? compileTarget(target, run)
      const isValid = check(value, run)
      run.depth--
      return isValid
    }
  }

  function compileTarget(target: unknown, payer: Run): Check {
    compiler.run = payer
    const check = compiler.compile(target) ?? compileRules([])
    targets.set(target, check)
    return check
  }

  const check = compiler.compile(root) ?? compileRules([])
  return { check, isMonotone: () => isMonotone, hasMalformed: () => hasMalformed }
}

function compileRules(checks: readonly Check[]): Check {
  const steps = 1 + checks.length
  return (value, run) => {
    enter(run, steps)
    for (const check of checks) {
      if (check(value, run)) continue
      run.depth--
      return false
    }
    run.depth--
    return true
  }
}

function refuse(value: unknown, run: Run): boolean {
  spend(run, 1)
  return fail(run, NOTHING, 'false', value)
}
