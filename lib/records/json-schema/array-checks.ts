import type { JsonObject } from '../../platform/json-value'
import { canonicalJson } from './canonical-json'
import { type Check, type Compiler, fail, failBelow, type Run } from './check'

type ListRule = (list: readonly unknown[], run: Run) => boolean

/**
 * `minItems`, `maxItems`, `uniqueItems`, `contains`, `items` and `additionalItems`, and of later drafts `prefixItems`,
 * `minContains` and `maxContains`.
 */
export function arrayChecks(schema: JsonObject, compiler: Compiler): Check[] {
  const { minItems, maxItems } = schema
  const rules: (ListRule | null)[] = []
  if (typeof minItems === 'number')
    rules.push((list, run) => list.length >= minItems || fail(run, schema, 'minItems', list))
  else if (minItems !== undefined) compiler.noteMalformed()
  if (typeof maxItems === 'number')
    rules.push((list, run) => list.length <= maxItems || fail(run, schema, 'maxItems', list))
  else if (maxItems !== undefined) compiler.noteMalformed()
  rules.push(itemsRule(schema, compiler), containsRule(schema, compiler))
  if (schema.uniqueItems === true)
    rules.push((list, run) => areUnique(list, run) || fail(run, schema, 'uniqueItems', list))
  return rules.flatMap((rule) =>
    rule === null ? [] : [(value, run) => !Array.isArray(value) || rule(value, run)],
  )
}

/** The first items by their place (`items` as a list, `prefixItems`), the others by one schema. */
function itemsRule(schema: JsonObject, compiler: Compiler): ListRule | null {
  const { prefixItems, items, additionalItems } = schema
  const isPositional = Array.isArray(items)
  const positional: unknown[] = isPositional ? items : Array.isArray(prefixItems) ? prefixItems : []
  const first = positional.map(compiler.compile)
  const rest = isPositional ? additionalItems : items
  const others = rest === undefined ? null : compiler.compile(rest)
  if (first.length === 0 && others === null) return null
  return (list, run) => {
    const length = others === null ? Math.min(first.length, list.length) : list.length
    for (let index = 0; index < length; index++) {
      const check = index < first.length ? first[index] : others
      if (check && !check(list[index], run)) return failBelow(run, index)
    }
    return true
  }
}

function containsRule(schema: JsonObject, compiler: Compiler): ListRule | null {
  if (schema.contains === undefined) return null
  const check = compiler.compile(schema.contains)
  const { minContains = 1, maxContains = Number.POSITIVE_INFINITY } = schema
  if (check === null || typeof minContains !== 'number' || typeof maxContains !== 'number') {
    compiler.noteMalformed()
    return null
  }
  return (list, run) => {
    let count = 0
    for (const item of list) {
      if (!check(item, run)) continue
      if (++count > maxContains) return fail(run, schema, 'maxContains', list)
    }
    const keyword = schema.minContains === undefined ? 'contains' : 'minContains'
    return count >= minContains || fail(run, schema, keyword, list)
  }
}

function areUnique(list: readonly unknown[], run: Run): boolean {
  const seen = new Set<string>()
  for (const item of list) {
    const text = canonicalJson(item, run)
    if (seen.has(text)) return false
    seen.add(text)
  }
  return true
}
