import type { ToolModelRow, ToolModelsAnswer } from './schema'

/** Tool calls of one model in a window and in the equal one before. */
export type ModelCalls = {
  key: string
  toolCalls: number
  requestsWithCalls: number
  previousToolCalls: number
}

/**
 * Ranks models by tool calls, ties in order of key; models without a call in the window have no row.
 * Source of the definitions: design.md §5, "Rank".
 */
export function rankByCalls(models: readonly ModelCalls[]): Pick<ToolModelsAnswer, 'rows' | 'totals'> {
  const present = models.filter(({ toolCalls }) => toolCalls > 0)
  const total = (read: (model: ModelCalls) => number) => models.reduce((sum, one) => sum + read(one), 0)
  const totals = {
    toolCalls: total((one) => one.toolCalls),
    requestsWithCalls: total((one) => one.requestsWithCalls),
    previousToolCalls: total((one) => one.previousToolCalls),
  }
  const previousRanks = new Map(
    models
      .filter(({ previousToolCalls }) => previousToolCalls > 0)
      .sort((a, b) => b.previousToolCalls - a.previousToolCalls || compareText(a.key, b.key))
      .map(({ key }, index) => [key, index + 1]),
  )
  const rows = present
    .sort((a, b) => b.toolCalls - a.toolCalls || compareText(a.key, b.key))
    .map((model, index): ToolModelRow => {
      const { key, toolCalls, requestsWithCalls, previousToolCalls } = model
      return {
        rank: index + 1,
        key,
        toolCalls,
        requestsWithCalls,
        callsPerRequest: requestsWithCalls > 0 ? toolCalls / requestsWithCalls : null,
        share: toolCalls / totals.toolCalls,
        previousToolCalls,
        change: previousToolCalls > 0 ? (toolCalls - previousToolCalls) / previousToolCalls : null,
        previousRank: previousRanks.get(key) ?? null,
      }
    })
  return { rows, totals }
}

/** Same order on every machine, whatever its locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
