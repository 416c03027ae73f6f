import type { JsonObject } from '../../platform/json-value'

/** Whether a value keeps one rule. Charges `run` for what finding out costs, and notes there what is wrong. */
export type Check = (value: unknown, run: Run) => boolean

/** One value held against one schema. */
export type Run = {
  stepsLeft: number
  /** How many schemas are open above the current one. */
  depth: number
  /** Whether a pattern was too expensive and taken as kept. */
  hasLeftOut: boolean
  /** The rule that was broken last; null when none was. */
  broken: { schema: JsonObject; keyword: string; value: unknown } | null
  /** Where the value is that broke it, the innermost key first. */
  path: (string | number)[]
}

/** What the keywords of a schema are compiled with. */
export type Compiler = {
  /** Who pays for the compiling. */
  run: Run
  /** Null when it is no schema. */
  compile: (schema: unknown) => Check | null
  /** To be called when a keyword is not what draft 7 makes it and is therefore left out. */
  noteMalformed: () => void
}

/** The budget is spent, or value and schema are nested too deeply to be followed. */
export class TooExpensive extends Error {}

/** The schema cannot be compiled. */
export class Uncompilable extends Error {}

const MAX_DEPTH = 400

/** A run that may take so many steps. */
export function startRun(stepsLeft: number): Run {
  return { stepsLeft, depth: 0, hasLeftOut: false, broken: null, path: [] }
}

/** Charges steps. Throws `TooExpensive` when there are not that many left. */
export function spend(run: Run, steps: number): void {
  run.stepsLeft -= steps
  if (run.stepsLeft < 0) throw new TooExpensive()
}

/** Opens one more schema below the current one; `depth` must be lowered when it is done. Throws `TooExpensive`. */
export function enter(run: Run, steps: number): void {
  spend(run, steps)
  if (++run.depth > MAX_DEPTH) throw new TooExpensive()
}

/** Notes which rule `value` breaks, and returns false. */
export function fail(run: Run, schema: JsonObject, keyword: string, value: unknown): false {
  run.broken = { schema, keyword, value }
  run.path.length = 0
  return false
}

/** Notes that the broken rule is that of a value below `key`, and returns false. */
export function failBelow(run: Run, key: string | number): false {
  run.path.push(key)
  return false
}
