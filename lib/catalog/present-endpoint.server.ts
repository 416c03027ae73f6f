import type { Prisma } from '@/prisma/generated/client'
import type { EndpointHealthSums } from '../health/derive-health'
import { NO_HEALTH_SUMS, toHealthView } from '../health/derive-health'
import { microUsdToUsd } from '../records/cost'
import { INPUT_MODALITIES, OUTPUT_MODALITIES, QUANTIZATIONS, type Quantization } from '../records/vocabulary'
import type { Endpoint } from './schema'
import { lessonsOf, presentLesson } from './stored-lessons'

/** What `presentEndpoint` needs of an endpoint beside its own columns. */
export const ENDPOINT_NAMES = {
  model: { select: { slug: true } },
  provider: true,
  lessons: true,
} satisfies Prisma.EndpointInclude
export type EndpointWithNames = Prisma.EndpointGetPayload<{ include: typeof ENDPOINT_NAMES }>

/** An endpoint's row and its health as the API shows them. */
export function presentEndpoint(
  row: EndpointWithNames,
  { health = NO_HEALTH_SUMS, nowMs }: { health: EndpointHealthSums | undefined; nowMs: number },
): Endpoint {
  return {
    model: row.model.slug,
    provider: row.provider.slug,
    providerName: row.provider.name ?? row.provider.slug,
    upstreamModel: row.upstreamModel ?? defaultUpstreamModel(row.model.slug),
    promptUsdPerMTok: usdOf(row.promptMicroUsdPerMtok),
    cachedUsdPerMTok: usdOf(row.cachedMicroUsdPerMtok),
    completionUsdPerMTok: usdOf(row.completionMicroUsdPerMtok),
    contextLength: row.contextLength,
    quantization: quantizationOf(row.quantization),
    supportsTools: row.supportsTools,
    supportsReasoning: row.supportsReasoning,
    supportsStructuredOutput: row.supportsStructuredOutput,
    inputModalities: knownOf(INPUT_MODALITIES, row.inputModalities),
    outputModalities: knownOf(OUTPUT_MODALITIES, row.outputModalities),
    maxCompletionTokens: row.maxCompletionTokens,
    enabled: row.enabled,
    routable: row.enabled && row.provider.enabled && row.provider.baseUrl !== null,
    health: toHealthView(health),
    lessons: lessonsOf(row.lessons, nowMs).map(presentLesson),
  }
}

/** What a provider calls a model unless somebody said otherwise: its name after the author. */
export function defaultUpstreamModel(model: string): string {
  return model.slice(model.indexOf('/') + 1)
}

/** A stored quantization; null for one that this version does not know. */
export function quantizationOf(stored: string | null): Quantization | null {
  return QUANTIZATIONS.find((known) => known === stored) ?? null
}

/** Of a stored list, what this version knows, in its own order. */
export function knownOf<T extends string>(known: readonly T[], stored: readonly string[]): T[] {
  return known.filter((one) => stored.includes(one))
}

function usdOf(microUsd: bigint | null): number | null {
  return microUsd === null ? null : microUsdToUsd(Number(microUsd))
}
