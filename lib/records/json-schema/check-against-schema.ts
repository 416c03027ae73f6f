import { isObject } from '../../platform/json-value'
import { type CheckBudget, createCheckBudget, stepsForCheck } from '../check-budget'
import { type Run, spend, startRun, TooExpensive, Uncompilable } from './check'
import { type CompiledSchema, compileSchema } from './compile-schema'
import { explainFailure } from './explain-failure'

/** `unchecked`: the check would cost too much, or a part of it that matters was left out. */
export type SchemaAnswer = { result: 'valid' | 'invalid' | 'unchecked'; detail: string | null }

const VALID: SchemaAnswer = { result: 'valid', detail: null }
const MAX_SCHEMA_LENGTH = 131_072
const MAX_CACHED_TEXT = 4_000_000
const READ_CHARACTERS_PER_STEP = 4

type Known = CompiledSchema | 'uncompilable'

/** The same schema comes with every request of an application, as the same object or as the same text. */
const compiledByText = new Map<string, Known>()
const textByObject = new WeakMap<object, string | null>()
let cachedTextLength = 0

/**
 * Whether `value` satisfies a caller's JSON Schema (draft 7), for at most the steps that `budget` has left: beyond it
 * the answer is `unchecked`. No schema, or one that cannot be compiled, is `valid`; a keyword that is not what draft 7
 * makes it, an unbounded or too expensive `pattern` (`patternCost`) and a format that would backtrack are left out.
 * `detail` says what is wrong and where, null when valid. Never throws.
 * Source of the definition: design.md §5, tool-call error rate.
 */
export function checkAgainstSchema({
  schema,
  value,
  budget = createCheckBudget(),
}: {
  schema: unknown
  value: unknown
  budget?: CheckBudget
}): SchemaAnswer {
  if (!isObject(schema) && schema !== false) return VALID
  const stepsLeft = stepsForCheck(budget)
  if (stepsLeft <= 0) return unchecked('The body’s other calls were too expensive to check.')
  const run = startRun(stepsLeft)
  const answer = answerOf(schema, value, run)
  budget.stepsLeft -= stepsLeft - Math.max(0, run.stepsLeft)
  return answer
}

/** The answer, and in `run` what it took. */
function answerOf(schema: object | false, value: unknown, run: Run): SchemaAnswer {
  try {
    const text = textOf(schema)
    if (text === null) return VALID
    if (text.length > MAX_SCHEMA_LENGTH) return unchecked('The schema is too large to be checked.')
    const compiled = compile(text, run)
    if (compiled === 'uncompilable' || compiled.check(value, run)) return VALID
    if ((run.hasLeftOut || compiled.hasMalformed()) && !compiled.isMonotone())
      return unchecked('A part of the schema that matters here cannot be checked.')
    return { result: 'invalid', detail: explainFailure(run) }
  } catch (error) {
    if (error instanceof Uncompilable) return VALID
    // The engine's own limit comes first where the stack is deep already.
    const isOver = error instanceof TooExpensive || error instanceof RangeError
    if (isOver) return unchecked('The schema is too expensive to check.')
    throw error
  }
}

function unchecked(detail: string): SchemaAnswer {
  return { result: 'unchecked', detail }
}

/**
 * Written out once for each object, which costs less than reading it did and is therefore not charged. Null when it
 * cannot be.
 */
function textOf(schema: object | false): string | null {
  if (schema === false) return 'false'
  const known = textByObject.get(schema)
  if (known !== undefined) return known
  const text = write(schema)
  textByObject.set(schema, text)
  return text
}

function write(schema: object): string | null {
  try {
    return JSON.stringify(schema)
  } catch {
    return null
  }
}

function compile(text: string, run: Run): Known {
  const cached = compiledByText.get(text)
  if (cached !== undefined) return cached
  spend(run, Math.ceil(text.length / READ_CHARACTERS_PER_STEP))
  const compiled = compileFresh(text, run)
  cachedTextLength += text.length
  if (cachedTextLength > MAX_CACHED_TEXT) {
    compiledByText.clear()
    cachedTextLength = text.length
  }
  compiledByText.set(text, compiled)
  return compiled
}

function compileFresh(text: string, run: Run): Known {
  try {
    return compileSchema(JSON.parse(text), run)
  } catch (error) {
    if (error instanceof Uncompilable) return 'uncompilable'
    throw error
  }
}
