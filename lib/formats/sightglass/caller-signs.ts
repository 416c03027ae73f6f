/** What formats beside our own say of who drives a request; null where they say nothing. */
export type CallerSigns = {
  userAgent: string | null
  hasToolResultsInInput: boolean | null
  hasAgentSpanAncestor: boolean
  systemPrompt: string | null
}

export const NO_SIGNS: CallerSigns = {
  userAgent: null,
  hasToolResultsInInput: null,
  hasAgentSpanAncestor: false,
  systemPrompt: null,
}
