import type { ToolProvidersAnswer } from '@/lib/analytics/tools/providers/schema'
import { formatPercent } from '@/lib/platform/format'

/** Under so many attempts with tools offered a rate is no news. */
const LEAST_OFFERED = 20

/** How far the tool-use rates of a model's providers lie apart, in words; null while there are not two to compare. */
export function toolUseSpread({ rows }: Pick<ToolProvidersAnswer, 'rows'>): string | null {
  const rates = rows
    .filter(({ toolsOfferedAttempts }) => toolsOfferedAttempts >= LEAST_OFFERED)
    .map(({ providerName, toolUseRate }) => ({ providerName, rate: toolUseRate ?? 0 }))
    .sort((a, b) => a.rate - b.rate)
  const [lowest, highest] = [rates[0], rates.at(-1)]
  if (lowest === undefined || highest === undefined || rates.length < 2) return null
  const ends = `${formatPercent(lowest.rate)} (${lowest.providerName}) to ${formatPercent(highest.rate)} (${highest.providerName})`
  return `offered tools are used in ${ends}`
}
