import type { EndpointHealthSums } from '../health/derive-health'
import { NO_HEALTH_SUMS, percentilesOf, uptimeOf } from '../health/derive-health'
import type { Percentiles } from '../health/endpoint-health'
import type { JsonObject } from '../platform/json-value'
import { modelsOf } from '../presets/merge-preset'
import { parseModelReference } from '../presets/preset-reference'
import { INPUT_MODALITIES, OUTPUT_MODALITIES } from '../records/vocabulary'
import type { EndpointCandidate } from './candidate'
import type { Configuration, ServedPreset } from './configuration'
import { supportedParameters } from './supported-parameters'

const STATUS_ROUTABLE = 0
const STATUS_DISABLED = -10

/**
 * Every model that some endpoint can serve, by name, then every active preset as `@preset/slug`, so that clients which
 * pick from this list can pick a preset. The shape is OpenRouter's Model with the fields of OpenAI's; what we do not
 * know is null.
 */
export function presentModels(
  { endpointsByModel, presets, modelSinceMs }: Configuration,
  { withPresets }: { withPresets: boolean },
): {
  data: JsonObject[]
} {
  const models = [...endpointsByModel]
    .map(([model, endpoints]) => [model, endpoints.filter(isRoutable)] as const)
    .filter(([, endpoints]) => endpoints.length > 0)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([model, endpoints]) => describeModel(model, endpoints, modelSinceMs.get(model) ?? 0))
  const listed = withPresets ? [...presets.values()].sort((a, b) => a.slug.localeCompare(b.slug)) : []
  return { data: [...models, ...listed.map((preset) => presentPreset(preset, endpointsByModel))] }
}

/** One entry of that list; null when nothing of the name can be asked for. */
export function presentModel(
  id: string,
  configuration: Configuration,
  { withPresets }: { withPresets: boolean },
): JsonObject | null {
  const { endpointsByModel, presets, modelSinceMs } = configuration
  const reference = parseModelReference({ model: id })
  if (reference.ok && reference.model === null && reference.presetSlug !== null) {
    const preset = withPresets ? presets.get(reference.presetSlug) : undefined
    return preset ? presentPreset(preset, endpointsByModel) : null
  }
  const endpoints = (endpointsByModel.get(id) ?? []).filter(isRoutable)
  return endpoints.length === 0 ? null : describeModel(id, endpoints, modelSinceMs.get(id) ?? 0)
}

/** `GET /api/v1/models/:author/:slug/endpoints` in OpenRouter's shape; null when nobody serves the model. */
export function presentModelEndpoints(
  model: string,
  { endpointsByModel, modelSinceMs }: Configuration,
  health: ReadonlyMap<number, EndpointHealthSums>,
): { data: JsonObject } | null {
  const endpoints = endpointsByModel.get(model)
  if (!endpoints) return null
  const { id, name, created, description, architecture } = describeModel(
    model,
    endpoints,
    modelSinceMs.get(model) ?? 0,
  )
  const listed = endpoints.map((endpoint) =>
    presentEndpoint(endpoint, health.get(endpoint.endpointId) ?? NO_HEALTH_SUMS),
  )
  return { data: { id, name, created, description, architecture, endpoints: listed } }
}

function describeModel(model: string, endpoints: readonly EndpointCandidate[], sinceMs: number): JsonObject {
  const contextLength = largest(endpoints.map((endpoint) => endpoint.contextLength))
  return {
    id: model,
    object: 'model',
    owned_by: model.split('/', 1)[0],
    canonical_slug: model,
    name: model,
    created: Math.floor(sinceMs / 1000),
    description: '',
    context_length: contextLength,
    architecture: architectureOf(endpoints),
    pricing: pricingOf(cheapest(endpoints)),
    top_provider: {
      context_length: contextLength,
      max_completion_tokens: largest(endpoints.map((endpoint) => endpoint.maxCompletionTokens)),
      is_moderated: false,
    },
    per_request_limits: null,
    supported_parameters: supportedParameters(endpoints),
    default_parameters: null,
  }
}

function presentPreset(
  { slug, name, description, config, createdAtMs }: ServedPreset,
  endpointsByModel: Configuration['endpointsByModel'],
): JsonObject {
  const models = modelsOf(config)
  const endpoints = models.flatMap((model) => endpointsByModel.get(model) ?? []).filter(isRoutable)
  return {
    ...describeModel(`@preset/${slug}`, endpoints, createdAtMs),
    name,
    description: description ?? (models.length > 0 ? `Preset for ${models.join(', ')}` : 'Preset'),
  }
}

function presentEndpoint(endpoint: EndpointCandidate, health: EndpointHealthSums): JsonObject {
  return {
    name: `${endpoint.providerName}: ${endpoint.model}`,
    tag: endpoint.provider,
    provider_name: endpoint.providerName,
    model_id: endpoint.model,
    model_name: endpoint.model,
    quantization: endpoint.quantization ?? 'unknown',
    context_length: endpoint.contextLength,
    max_prompt_tokens: endpoint.contextLength,
    max_completion_tokens: endpoint.maxCompletionTokens,
    supported_parameters: supportedParameters([endpoint]),
    supports_implicit_caching: endpoint.cachedMicroUsdPerMTok !== null,
    status: isRoutable(endpoint) ? STATUS_ROUTABLE : STATUS_DISABLED,
    pricing: pricingOf(endpoint),
    uptime_last_5m: inPercent(uptimeOf(health.last5Minutes)),
    uptime_last_30m: inPercent(uptimeOf(health.last30Minutes)),
    uptime_last_1d: inPercent(uptimeOf(health.lastDay)),
    latency_last_30m: inSeconds(percentilesOf(health.timeToFirstTokenMs30Minutes)),
    throughput_last_30m: percentilesOf(health.tokensPerSecond30Minutes),
  }
}

function isRoutable({ isConnected, isEnabled }: EndpointCandidate): boolean {
  return isConnected && isEnabled
}

function cheapest(endpoints: readonly EndpointCandidate[]): EndpointCandidate | undefined {
  const priced = endpoints.filter((endpoint) => endpoint.promptMicroUsdPerMTok !== null)
  return priced.sort((a, b) => (a.promptMicroUsdPerMTok ?? 0) - (b.promptMicroUsdPerMTok ?? 0))[0]
}

/** US dollars per token as text; a price that nobody knows is said to be 0, as the shape has no other word. */
function pricingOf(endpoint: EndpointCandidate | undefined): JsonObject {
  return {
    prompt: perToken(endpoint?.promptMicroUsdPerMTok ?? null) ?? '0',
    completion: perToken(endpoint?.completionMicroUsdPerMTok ?? null) ?? '0',
    request: '0',
    image: '0',
    ...(endpoint?.cachedMicroUsdPerMTok
      ? { input_cache_read: perToken(endpoint.cachedMicroUsdPerMTok) }
      : {}),
  }
}

function perToken(microUsdPerMTok: number | null): string | null {
  if (microUsdPerMTok === null) return null
  return (microUsdPerMTok / 1e12).toFixed(12).replace(/\.?0+$/, '')
}

/**
 * What goes in and comes out, as far as anybody has said. Where nobody has, pictures count as taken: an agent that is
 * told otherwise never offers them, while a provider that takes none says so.
 */
function architectureOf(endpoints: readonly EndpointCandidate[]): JsonObject {
  const input = INPUT_MODALITIES.filter((one) =>
    endpoints.some((endpoint) => endpoint.inputModalities.includes(one)),
  )
  const output = OUTPUT_MODALITIES.filter((one) =>
    endpoints.some((endpoint) => endpoint.outputModalities.includes(one)),
  )
  const inputModalities = input.length > 0 ? input : ['text', 'image']
  const outputModalities = output.length > 0 ? output : ['text']
  return {
    modality: `${inputModalities.join('+')}->${outputModalities.join('+')}`,
    input_modalities: inputModalities,
    output_modalities: outputModalities,
    tokenizer: 'Other',
    instruct_type: null,
  }
}

function largest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length > 0 ? Math.max(...known) : null
}

function inPercent(share: number | null): number | null {
  return share === null ? null : share * 100
}

function inSeconds(percentiles: Percentiles | null): Percentiles | null {
  if (percentiles === null) return null
  const { p50, p75, p90, p99 } = percentiles
  return { p50: p50 / 1000, p75: p75 / 1000, p90: p90 / 1000, p99: p99 / 1000 }
}
