import { isObject, type JsonObject } from '../../platform/json-value'
import { canonicalJson } from './canonical-json'
import { type Check, type Compiler, fail, spend, Uncompilable } from './check'

type Test = (value: unknown) => boolean

const TYPES: ReadonlyMap<unknown, Test> = new Map<unknown, Test>([
  ['array', Array.isArray],
  ['boolean', (value) => typeof value === 'boolean'],
  ['integer', Number.isInteger],
  ['null', (value) => value === null],
  ['number', (value) => typeof value === 'number'],
  ['object', isObject],
  ['string', (value) => typeof value === 'string'],
])
/** Comparing long texts takes time even where a hash tells most of them apart. */
const CHARACTERS_PER_STEP = 64

/** `type`, `enum` and `const`. A type that draft 7 does not know makes the schema one that cannot be compiled. */
export function valueChecks(schema: JsonObject, compiler: Compiler): Check[] {
  const checks: Check[] = []
  if (schema.type !== undefined) checks.push(typeCheck(schema))
  if (Array.isArray(schema.enum)) checks.push(equalityCheck(schema, 'enum', schema.enum, compiler))
  else if (schema.enum !== undefined) compiler.noteMalformed()
  if (schema.const !== undefined) checks.push(equalityCheck(schema, 'const', [schema.const], compiler))
  return checks
}

function typeCheck(schema: JsonObject): Check {
  if (!Array.isArray(schema.type)) {
    const test = testOf(schema.type)
    return (value, run) => test(value) || fail(run, schema, 'type', value)
  }
  const tests = schema.type.map(testOf)
  return (value, run) => tests.some((test) => test(value)) || fail(run, schema, 'type', value)
}

function testOf(type: unknown): Test {
  const test = TYPES.get(type)
  if (test === undefined) throw new Uncompilable()
  return test
}

function equalityCheck(
  schema: JsonObject,
  keyword: string,
  values: readonly unknown[],
  { run: payer }: Compiler,
): Check {
  const plain = new Set(values.filter((value) => !isStructure(value)))
  const structures = new Set(values.filter(isStructure).map((value) => canonicalJson(value, payer)))
  return (value, run) => {
    if (isStructure(value)) {
      if (structures.size > 0 && structures.has(canonicalJson(value, run))) return true
    } else {
      if (typeof value === 'string') spend(run, Math.floor(value.length / CHARACTERS_PER_STEP))
      if (plain.has(value)) return true
    }
    return fail(run, schema, keyword, value)
  }
}

function isStructure(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
