import { replayGateway } from './cache/replay-gateway'
import { replayPlan } from './cache/replay-plan'
import { readTrace } from './cache/trace'

const PROVIDERS = 4

/**
 * How much of real prompts providers find in their caches when the gateway spreads an hour of chat traffic over four of
 * them: by the gateway's plan on the trace's own clock, and through its process at forty times the speed; each with and
 * without knowing conversations, beside what one provider alone would find. Prints one JSON line.
 */
export async function benchCache(file: string): Promise<void> {
  const trace = await readTrace(file)
  const planned = (providers: number, knowsConversations: boolean) =>
    replayPlan(trace, { providers, knowsConversations })
  const byPlan = {
    oneProvider: planned(1, true),
    withConversations: planned(PROVIDERS, true),
    without: planned(PROVIDERS, false),
  }
  const through = {
    withConversations: await replayGateway(trace, { providers: PROVIDERS, knowsConversations: true }),
    without: await replayGateway(trace, { providers: PROVIDERS, knowsConversations: false }),
  }
  console.log(
    JSON.stringify({
      benchmark: 'cache',
      requests: trace.length,
      providers: PROVIDERS,
      reusedByPlan: mapNumbers(byPlan),
      reusedThroughGateway: mapNumbers({
        withConversations: through.withConversations.reused,
        without: through.without.reused,
      }),
      failed: through.withConversations.failed + through.without.failed,
      shares: through.withConversations.shares.map(round),
    }),
  )
}

function mapNumbers(values: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, round(value)]))
}

function round(value: number): number {
  return Number(value.toFixed(4))
}
