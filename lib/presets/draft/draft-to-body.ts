import type { FieldError } from '../../platform/errors'
import { type CreatePresetBody, createPresetBody, type PresetConfig, presetConfig } from '../schema'
import { checkTools } from './check-tools'
import { PARAMETER_NAMES, parameterValue } from './parameter-controls'
import {
  type BoundDraft,
  type PresetDraft,
  type ProviderDraft,
  type ReasoningDraft,
  SAFEGUARDS,
  type Safeguard,
} from './preset-draft'

/** What the API would be sent, or what stands in the way, by the API's paths (`config.provider.max_price.prompt`). */
export type CheckedDraft = ({ ok: true; body: CreatePresetBody } | { ok: false; errors: FieldError[] }) & {
  /** What a request would be merged with; null while a field of it is wrong. */
  config: PresetConfig | null
}

/** Turns the form's state into the body of POST and PATCH, held against the API's own schema. */
export function draftToBody(draft: PresetDraft): CheckedDraft {
  const tools = checkTools(draft.toolsText)
  const provider = providerConfig(draft.provider)
  const config = {
    ...(draft.models.length > 0 ? { models: draft.models } : {}),
    ...(Object.keys(provider).length > 0 ? { provider } : {}),
    ...parametersConfig(draft.parameters),
    ...(draft.reasoning.isIncluded ? { reasoning: reasoningConfig(draft.reasoning) } : {}),
    ...(tools.ok && tools.tools.length > 0 ? { tools: tools.tools } : {}),
    ...safeguardsConfig(draft.safeguards),
  }
  const parsedConfig = presetConfig.safeParse(config)
  const checkedConfig = tools.ok && parsedConfig.success ? parsedConfig.data : null
  const parsed = createPresetBody.safeParse({
    slug: draft.slug,
    name: draft.name,
    description: draft.description.trim() === '' ? null : draft.description,
    system_prompt: draft.systemPrompt === '' ? null : draft.systemPrompt,
    config,
  })
  if (parsed.success && tools.ok) return { ok: true, body: parsed.data, config: checkedConfig }
  const issues = parsed.error?.issues ?? []
  const errors = issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  const toolErrors = tools.ok ? [] : [{ path: 'config.tools', message: tools.message }]
  return { ok: false, errors: [...errors, ...toolErrors], config: checkedConfig }
}

function providerConfig(draft: ProviderDraft): Record<string, unknown> {
  const { sort: kept, max_price: otherPrices, ...rest } = draft.rest
  const partition = typeof kept === 'object' && kept !== null ? kept.partition : undefined
  const prices = {
    ...otherPrices,
    ...numberAt('prompt', draft.maxPromptPrice),
    ...numberAt('completion', draft.maxCompletionPrice),
  }
  return {
    ...rest,
    ...(draft.order.length > 0 ? { order: draft.order } : {}),
    ...(draft.only.length > 0 ? { only: draft.only } : {}),
    ...(draft.ignore.length > 0 ? { ignore: draft.ignore } : {}),
    ...(draft.allowFallbacks ? {} : { allow_fallbacks: false }),
    ...(draft.requireParameters ? { require_parameters: true } : {}),
    ...(draft.sort === '' ? {} : { sort: partition ? { by: draft.sort, partition } : draft.sort }),
    ...(draft.dataCollection === '' ? {} : { data_collection: draft.dataCollection }),
    ...(draft.quantizations.length > 0 ? { quantizations: draft.quantizations } : {}),
    ...(Object.keys(prices).length > 0 ? { max_price: prices } : {}),
    ...boundAt('preferred_min_throughput', draft.minThroughput),
    ...boundAt('preferred_max_latency', draft.maxLatency),
  }
}

function parametersConfig(parameters: PresetDraft['parameters']): Record<string, unknown> {
  const included = PARAMETER_NAMES.filter((name) => parameters[name].isIncluded)
  return Object.fromEntries(
    included.map((name) => [name, parameterValue({ name, text: parameters[name].text })]),
  )
}

function safeguardsConfig(safeguards: PresetDraft['safeguards']): Record<string, unknown> {
  const kept = SAFEGUARDS.filter((name) => safeguards[name].isOn || safeguards[name].isWritten)
  return Object.fromEntries(kept.map((name) => [name, SAFEGUARD_VALUES[name](safeguards[name].isOn)]))
}

const guardMode = (isOn: boolean) => (isOn ? 'retry' : 'off')
const SAFEGUARD_VALUES = {
  tool_call_guard: guardMode,
  structured_output_guard: guardMode,
  continue_broken_streams: (isOn: boolean) => isOn,
} as const satisfies Record<Safeguard, (isOn: boolean) => unknown>

function reasoningConfig(draft: ReasoningDraft): Record<string, unknown> {
  return {
    ...(draft.isEnabled === null ? {} : { enabled: draft.isEnabled }),
    ...(draft.effort === '' ? {} : { effort: draft.effort }),
    ...numberAt('max_tokens', draft.maxTokens),
    ...(draft.isExcluded ? { exclude: true } : {}),
  }
}

function boundAt(name: string, { text, percentile, others }: BoundDraft): Record<string, unknown> {
  const hasOthers = Object.keys(others).length > 0
  if (text.trim() === '') return hasOthers ? { [name]: others } : {}
  const isPlain = percentile === 'p50' && !hasOthers
  return { [name]: isPlain ? Number(text) : { ...others, [percentile]: Number(text) } }
}

function numberAt(name: string, text: string): Record<string, number> {
  return text.trim() === '' ? {} : { [name]: Number(text) }
}
