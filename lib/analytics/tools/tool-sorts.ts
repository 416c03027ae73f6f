/** Orders of the list of tools: the most called first, or those that fail most often. */
export const TOOL_SORTS = ['calls', 'errorRate'] as const
export type ToolSort = (typeof TOOL_SORTS)[number]
