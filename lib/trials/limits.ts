/** How large a trial may be. Free of zod, since the form needs them in the browser. */
export const TRIAL_LIMITS = { calls: 5000, concurrency: 64, seconds: 600 } as const

/** What a trial does unless told otherwise. */
export const TRIAL_DEFAULTS = { calls: 213, concurrency: 8, seconds: 30, seed: 1 } as const

/** Characters of a tool call's arguments that are kept; they are judged before they are cut. */
export const MAX_KEPT_ARGUMENTS = 20_000
