import { modelsOf } from '../merge-preset'
import type { PRESET_PARAMETERS, Preset, PresetConfig, PresetParameter, ProviderSort } from '../schema'
import { PARAMETER_CONTROLS, PARAMETER_NAMES, parameterText } from './parameter-controls'

export const PERCENTILES = ['p50', 'p75', 'p90', 'p99'] as const
export type Percentile = (typeof PERCENTILES)[number]

/** A bound while it is being typed; `others` are bounds on further percentiles, kept as they are. */
export type BoundDraft = {
  text: string
  percentile: Percentile
  others: Partial<Record<Percentile, number>>
}

export type ProviderDraft = {
  order: string[]
  only: string[]
  ignore: string[]
  allowFallbacks: boolean
  requireParameters: boolean
  /** Empty = not said, as in the other choices. */
  sort: ProviderSort | ''
  dataCollection: 'allow' | 'deny' | ''
  quantizations: string[]
  maxPromptPrice: string
  maxCompletionPrice: string
  minThroughput: BoundDraft
  maxLatency: BoundDraft
  /** What the form does not show; kept. */
  rest: NonNullable<PresetConfig['provider']>
}

export type ReasoningDraft = {
  isIncluded: boolean
  /** Empty = the model's own. */
  effort: string
  maxTokens: string
  isExcluded: boolean
  isEnabled: boolean | null
}

/** What stands between a failing provider and the client, by its field in the config. */
export const SAFEGUARDS = ['tool_call_guard', 'structured_output_guard', 'continue_broken_streams'] as const
export type Safeguard = (typeof SAFEGUARDS)[number]
/** `isWritten` = it stands in the config; absent means off. */
export type SafeguardDraft = { isOn: boolean; isWritten: boolean }

/** A preset while it is being edited: numbers are still text, switched-off parameters keep what they had. */
export type PresetDraft = {
  slug: string
  name: string
  description: string
  systemPrompt: string
  models: string[]
  provider: ProviderDraft
  parameters: Record<PresetParameter, { isIncluded: boolean; text: string }>
  reasoning: ReasoningDraft
  toolsText: string
  safeguards: Record<Safeguard, SafeguardDraft>
}

/** What the form starts from: a stored preset, an imported one, or nothing. */
export type DraftSource = {
  slug: string
  name: string
  description: string | null
  system_prompt: string | null
  config: PresetConfig
}

export const NOTHING: DraftSource = { slug: '', name: '', description: null, system_prompt: null, config: {} }

/** The form's state for a preset. `draftToBody` turns it back without losing anything. */
export function draftOf(source: DraftSource): PresetDraft {
  const { config } = source
  return {
    slug: source.slug,
    name: source.name,
    description: source.description ?? '',
    systemPrompt: source.system_prompt ?? '',
    models: modelsOf(config),
    provider: draftProvider(config.provider ?? {}),
    parameters: draftParameters(config),
    reasoning: draftReasoning(config.reasoning),
    toolsText: config.tools?.length ? JSON.stringify(config.tools, null, 2) : '',
    safeguards: {
      tool_call_guard: draftSafeguard(config.tool_call_guard),
      structured_output_guard: draftSafeguard(config.structured_output_guard),
      continue_broken_streams: draftSafeguard(config.continue_broken_streams),
    },
  }
}

/** The form's state for a stored preset's version in use; an empty form for none. */
export function draftOfPreset(preset: Preset | null): PresetDraft {
  if (preset === null) return draftOf(NOTHING)
  const { slug, name, description, designated_version: version } = preset
  return draftOf({ slug, name, description, system_prompt: version.system_prompt, config: version.config })
}

function draftSafeguard(value: PresetConfig[Safeguard]): SafeguardDraft {
  return { isOn: value === 'retry' || value === true, isWritten: value !== undefined }
}

function draftProvider(provider: NonNullable<PresetConfig['provider']>): ProviderDraft {
  const { order, only, ignore, allow_fallbacks, require_parameters, sort, ...others } = provider
  const {
    max_price,
    preferred_min_throughput,
    preferred_max_latency,
    quantizations,
    data_collection,
    ...rest
  } = others
  const { prompt, completion, ...otherPrices } = max_price ?? {}
  const { by, partition } =
    typeof sort === 'object' && sort !== null ? sort : { by: sort, partition: undefined }
  return {
    order: order ?? [],
    only: only ?? [],
    ignore: ignore ?? [],
    allowFallbacks: allow_fallbacks ?? true,
    requireParameters: require_parameters ?? false,
    sort: by ?? '',
    dataCollection: data_collection ?? '',
    quantizations: quantizations ?? [],
    maxPromptPrice: textOf(prompt),
    maxCompletionPrice: textOf(completion),
    minThroughput: draftBound(preferred_min_throughput),
    maxLatency: draftBound(preferred_max_latency),
    rest: {
      ...rest,
      ...(Object.keys(otherPrices).length > 0 ? { max_price: otherPrices } : {}),
      ...(by && partition ? { sort: { by, partition } } : {}),
    },
  }
}

function draftBound(
  bound: number | Partial<Record<Percentile, number | undefined>> | null | undefined,
): BoundDraft {
  if (typeof bound === 'number') return { text: String(bound), percentile: 'p50', others: {} }
  const given = PERCENTILES.filter((percentile) => bound?.[percentile] !== undefined)
  const [percentile = 'p50', ...others] = given
  return {
    text: textOf(bound?.[percentile]),
    percentile,
    others: Object.fromEntries(others.map((other) => [other, bound?.[other]])),
  }
}

function draftParameters(config: PresetConfig): PresetDraft['parameters'] {
  const drafts = PARAMETER_NAMES.map((name) => {
    const value = config[name]
    const text = value === undefined ? PARAMETER_CONTROLS[name].start : parameterText({ name, value })
    return [name, { isIncluded: value !== undefined, text }]
  })
  // The names are those of PRESET_PARAMETERS, each exactly once.
  return Object.fromEntries(drafts) as Record<
    keyof typeof PRESET_PARAMETERS,
    { isIncluded: boolean; text: string }
  >
}

function draftReasoning(reasoning: PresetConfig['reasoning']): ReasoningDraft {
  return {
    isIncluded: reasoning !== undefined,
    effort: reasoning?.effort ?? '',
    maxTokens: textOf(reasoning?.max_tokens),
    isExcluded: reasoning?.exclude ?? false,
    isEnabled: reasoning?.enabled ?? null,
  }
}

function textOf(value: number | undefined): string {
  return value === undefined ? '' : String(value)
}
