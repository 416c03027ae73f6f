/**
 * How many steps the checks of one body may still take. A step is some 10 to 40 ns of the thread, whatever is checked,
 * so that counting them bounds the time without a clock.
 */
export type CheckBudget = { stepsLeft: number }

/** About 10 ms for a body however its schemas branch, less than 100 on a busy machine. */
const BODY_STEPS = 300_000
/** A quarter of it for one check, so that one tool's schema leaves something for the others. */
const CHECK_STEPS = 75_000
/** Many times what the check of a usual call takes (5 to 60 steps), and less than reading the record costs. */
const RECORD_STEPS = 500

/** The budget of one body: an ingest body, an OTLP export, or one request at the gateway. */
export function createCheckBudget(): CheckBudget {
  return { stepsLeft: BODY_STEPS }
}

/**
 * To be called for each record of a body before its calls are checked. Each brings its share, so that a body of any
 * number of records with usual schemas is checked to its end, and one costly record takes no usual check from the next.
 */
export function addRecordSteps(budget: CheckBudget): void {
  budget.stepsLeft = Math.min(BODY_STEPS, budget.stepsLeft + RECORD_STEPS)
}

/** How many steps the next check may take. */
export function stepsForCheck(budget: CheckBudget): number {
  return Math.min(budget.stepsLeft, CHECK_STEPS)
}
