import { isObject, objectOf } from '../platform/json-value'
import { splitSuffix, type WantedModel, wantedModels } from './model-variant'

const PRESET_MARK = '@preset/'

/**
 * The models that a request asks for, in order of preference, with the variants that suffixes of their names ask for.
 * `asked` is what the client wrote, `merged` the same with its preset filled in. A `sort` that the request names itself
 * goes before every suffix, and one of the preset before suffixes in the preset.
 */
export function readWantedModels({
  asked,
  merged,
  isModel,
}: {
  asked: Record<string, unknown>
  merged: Record<string, unknown>
  isModel: (name: string) => boolean
}): WantedModel[] {
  const { variant: suffix } = splitPresetSuffix(asked)
  const wanted = wantedModels(namesOf(merged), isModel, suffix)
  const own = wantedModels(namesOf(asked), isModel, suffix)
  const isOwnVariant = suffix !== null || own.some(({ variant }) => variant !== null)
  const sorts = objectOf(isOwnVariant ? asked.provider : merged.provider).sort
  if (sorts === undefined || sorts === null) return wanted
  return wanted.map(({ model, variant }) => ({ model, variant: variant === 'free' ? variant : null }))
}

/** A request that names a preset with a suffix, `@preset/slug:nitro`, without it; any other as it is. */
export function splitPresetSuffix(asked: Record<string, unknown>) {
  const { model } = asked
  if (typeof model !== 'string' || !model.includes(PRESET_MARK)) return { request: asked, variant: null }
  const { base, variant } = splitSuffix(model)
  return { request: variant === null ? asked : { ...asked, model: base }, variant }
}

function namesOf(request: Record<string, unknown>): string[] {
  const { model, models, fallbacks } = request
  const named = Array.isArray(fallbacks)
    ? fallbacks.flatMap((entry) => (isObject(entry) ? [entry.model] : []))
    : []
  return [withoutPreset(model), ...(Array.isArray(models) ? models : []), ...named].filter(isName)
}

function withoutPreset(model: unknown): unknown {
  return typeof model === 'string' ? model.split(PRESET_MARK, 1)[0] : model
}

function isName(name: unknown): name is string {
  return typeof name === 'string' && name !== ''
}
