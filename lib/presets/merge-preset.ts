import type { Shape } from '../shapes/shape'
import { parseModelReference } from './preset-reference'
import { isJsonObject } from './same-json'
import type { PresetConfig } from './schema'
import { uniteTools } from './tool-identity'

/** What merging needs to know of a preset's version. */
export type PresetContent = { systemPrompt: string | null; config: PresetConfig }

/** A request's body: what we do not know of it passes through. */
export type RequestBody = Readonly<Record<string, unknown>>

/** Two names of one thing: whichever the request uses, the preset's other one gives way. */
const SAME_THING: Readonly<Record<string, readonly string[]>> = {
  max_tokens: ['max_completion_tokens'],
  max_completion_tokens: ['max_tokens'],
  reasoning: ['reasoning_effort', 'include_reasoning'],
}

const MERGED_APART: ReadonlySet<string> = new Set(['model', 'models', 'tools'])

/** Upstreams refuse these in a request without tools. */
const ONLY_WITH_TOOLS: ReadonlySet<string> = new Set(['tool_choice', 'parallel_tool_calls'])

/** What merging needs to know of the request's wire shape (lib/shapes/shape.ts). */
export type MergingShape = Pick<Shape, 'writeDefaults' | 'withSystemPrompt' | 'nestedFields'>

/**
 * A request's body with the preset filled in, in the request's own shape; neither argument is changed, and merging
 * twice is merging once. The request wins, shallowly: its `provider` replaces the preset's whole one. Tools are united
 * by identity. The preset's models apply only when the request names none (`@preset/slug` alone). The preset's system
 * prompt goes before the request's. The reference itself (`@preset/…`, `preset`) is gone from the answer.
 * (openrouter.ai/docs, Presets; where a preset's system prompt goes is ours.)
 */
export function mergePreset({
  request,
  preset,
  shape,
}: {
  request: RequestBody
  preset: PresetContent
  shape: MergingShape
}): Record<string, unknown> {
  const merged = mergeFields({ request, preset, shape })
  return preset.systemPrompt ? shape.withSystemPrompt(merged, preset.systemPrompt) : merged
}

function mergeFields({
  request,
  preset,
  shape,
}: {
  request: RequestBody
  preset: PresetContent
  shape: MergingShape
}): Record<string, unknown> {
  const defaults = shape.writeDefaults(preset.config, request)
  const presetTools = Array.isArray(defaults.tools) ? defaults.tools : undefined
  const tools = mergeTools({ own: request.tools, preset: presetTools })
  const merged: Record<string, unknown> = { ...mergeModels({ request, preset }) }
  for (const [name, value] of Object.entries(defaults)) {
    if (isDefault({ name, value, request, hasTools: tools !== undefined && tools.length > 0 })) {
      merged[name] = value
    }
  }
  for (const name of Object.keys(request)) {
    if (name === 'model' || name === 'preset') continue
    const own = request[name]
    const filled = merged[name]
    const isNested = shape.nestedFields.includes(name) && isJsonObject(own) && isJsonObject(filled)
    merged[name] = isNested ? { ...filled, ...own } : own
  }
  if (tools !== undefined) merged.tools = tools
  return merged
}

/** Whether a preset's field fills a gap of the request by itself; models and tools have rules of their own. */
function isDefault({
  name,
  value,
  request,
  hasTools,
}: {
  name: string
  value: unknown
  request: RequestBody
  hasTools: boolean
}): boolean {
  if (value === undefined || MERGED_APART.has(name)) return false
  if (SAME_THING[name]?.some((other) => Object.hasOwn(request, other))) return false
  return hasTools || !ONLY_WITH_TOOLS.has(name)
}

/** The preset's models in the order in which they are tried; empty when the request has to name one. */
export function modelsOf(config: Pick<PresetConfig, 'model' | 'models'>): string[] {
  return [...new Set([...(config.model === undefined ? [] : [config.model]), ...(config.models ?? [])])]
}

function mergeModels({ request, preset }: { request: RequestBody; preset: PresetContent }): {
  model?: unknown
  models?: unknown
} {
  const reference = parseModelReference(request)
  // A reference that cannot be read is the gateway's to refuse; it stays to be seen.
  if (!reference.ok) return { model: request.model }
  if (reference.model !== null) return { model: reference.model }
  if (Array.isArray(request.models) && request.models.length > 0) return {}
  const models = modelsOf(preset.config)
  if (models.length === 0) return {}
  return models.length === 1 ? { model: models[0] } : { model: models[0], models }
}

function mergeTools({
  own,
  preset,
}: {
  own: unknown
  preset: readonly unknown[] | undefined
}): readonly unknown[] | undefined {
  // Not a list of tools: passed on as it is, for whoever checks the request.
  if (own !== undefined && own !== null && !Array.isArray(own)) return undefined
  if (preset === undefined || preset.length === 0) return own ?? undefined
  return uniteTools({ preset, request: own ?? [] })
}
