/** How long after its end a trial still takes calls: those that were under way when somebody pressed stop. */
export const REPORT_GRACE_MS = 30_000
