import { type Run, spend, Uncompilable } from './check'
import { patternCompileSteps, patternCost, worstPatternSteps } from './pattern-cost'

/** An engine's step takes up to 10 ns, one of ours up to 40. */
const PATTERN_STEPS_PER_STEP = 4
const MAX_PATTERN_STEPS = 400_000

/** Whether a text matches; null when finding out would be too expensive. Throws `TooExpensive`. */
export type Matcher = (text: string, run: Run) => boolean | null

/**
 * A caller's pattern as a test that takes bounded time; unbounded ones (see `patternCost`) are not tested at all.
 * `payer` pays for the compiling. Throws `Uncompilable` when it is no regular expression, and `TooExpensive`.
 */
export function compilePattern(pattern: string, payer: Run): Matcher {
  const cost = patternCost(pattern)
  if (cost === null) return () => null
  spend(payer, patternCompileSteps(pattern))
  const expression = toExpression(pattern)
  return (text, run) => {
    const steps = worstPatternSteps(cost, text.length)
    if (steps > MAX_PATTERN_STEPS) return null
    spend(run, Math.ceil(steps / PATTERN_STEPS_PER_STEP))
    return expression.test(text)
  }
}

function toExpression(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u')
  } catch {
    throw new Uncompilable()
  }
}
