/** What callers are told apart by. Apart from the schema, so that browsers need not load zod. */
export const CALLER_SUBJECTS = ['app', 'key'] as const
export type CallerSubject = (typeof CALLER_SUBJECTS)[number]
