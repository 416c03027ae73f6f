import { ERROR_CLASSES, type ErrorClass, type ToolVerdict } from '../records/vocabulary'

/** The verdicts that make a tool call bad; `unknown` is none, since nobody could check it. */
export const BAD_VERDICTS = ['invalid_json', 'unknown_name', 'schema_mismatch'] as const
export type BadVerdict = (typeof BAD_VERDICTS)[number]

/**
 * How one call of a trial went: `clean` = a good tool call, `no_tool` = answered without calling a tool, a bad verdict
 * = the first bad tool call in its answer, an error class = the request was not answered.
 */
export const CALL_OUTCOMES = ['clean', 'no_tool', ...BAD_VERDICTS, ...ERROR_CLASSES] as const
export type CallOutcome = (typeof CALL_OUTCOMES)[number]

/** What decides a call's outcome. */
export type JudgedCall = {
  /** Null when the request was answered. */
  errorClass: ErrorClass | null
  /** In the order of the answer's tool calls. */
  verdicts: readonly ToolVerdict[]
}

/** The outcome of a call: a failed request before a bad tool call, the first bad one before later ones. */
export function callOutcome({ errorClass, verdicts }: JudgedCall): CallOutcome {
  if (errorClass !== null) return errorClass
  return verdicts.find(isBadVerdict) ?? (verdicts.length > 0 ? 'clean' : 'no_tool')
}

/** Whether a verdict makes a tool call bad. Source of the definition: design.md §5, tool-call error rate. */
export function isBadVerdict(verdict: ToolVerdict): verdict is BadVerdict {
  return BAD_VERDICTS.some((bad) => bad === verdict)
}

/** Whether an outcome counts among a trial's errors: failed requests and bad answers together. */
export function isErrorOutcome(outcome: CallOutcome): boolean {
  return outcome !== 'clean' && outcome !== 'no_tool'
}
