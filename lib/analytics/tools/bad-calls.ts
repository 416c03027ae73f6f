/** What can be wrong with a tool call. Source: design.md §5, "Tool-call error rate of an endpoint". */
export const BAD_CALL_CLASSES = ['invalid_json', 'unknown_name', 'schema_mismatch'] as const
export type BadCallClass = (typeof BAD_CALL_CLASSES)[number]
/** Bad calls by what was wrong with them. */
export type BadCalls = Record<BadCallClass, number>
