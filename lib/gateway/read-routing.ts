import type { FieldError } from '../platform/errors'
import type { JsonObject } from '../platform/json-value'
import { type MergingShape, mergePreset } from '../presets/merge-preset'
import { parseModelReference } from '../presets/preset-reference'
import { type PresetConfig, type ProviderPreferences, providerPreferences } from '../presets/schema'
import type { GatewayProblem } from '../shapes/problem'
import type { WantedModel } from './model-variant'
import { readWantedModels, splitPresetSuffix } from './wanted-models'

/** What the gateway takes of a preset. */
export type PresetForRequest = {
  slug: string
  version: number
  systemPrompt: string | null
  config: PresetConfig
}

/** Who may serve a request, in which order and by whose word. */
export type Routing = {
  ok: true
  /** The body with the preset filled in. */
  merged: JsonObject
  /** As the client wrote it. */
  requestedModel: string
  /** In order of preference; never empty. */
  models: WantedModel[]
  preset: PresetForRequest | null
  preferences: ProviderPreferences
}
export type Refused = { ok: false; problem: GatewayProblem }

/** Fields that steer the gateway and mean nothing to an upstream. */
export const OWN_FIELDS: ReadonlySet<string> = new Set([
  'model',
  'models',
  'preset',
  'provider',
  'route',
  'transforms',
  'plugins',
  'tool_call_guard',
  'structured_output_guard',
  'continue_broken_streams',
  'session_id',
  'trace',
  'usage',
  'debug',
  'fallbacks',
])
const MAX_MODELS = 20

/** Reads of a body, whose steering fields were checked, whom it asks for, and fills its preset in. Never throws. */
export function readRouting({
  asked,
  presetOf,
  shape,
  isModel,
}: {
  asked: JsonObject
  presetOf: (slug: string) => PresetForRequest | undefined
  shape: MergingShape
  /** Whether a name is a model's own, whatever it ends with. */
  isModel: (name: string) => boolean
}): Routing | Refused {
  const { request } = splitPresetSuffix(asked)
  const reference = parseModelReference(request)
  if (!reference.ok) return refuse([reference.problem])
  const preset = reference.presetSlug === null ? null : presetOf(reference.presetSlug)
  if (preset === undefined) return unknownPreset(reference.presetSlug ?? '')
  const merged = preset === null ? request : mergePreset({ request, preset, shape })
  const models = readWantedModels({ asked, merged, isModel })
  if (models.length === 0) {
    const message = preset
      ? `the preset ${preset.slug} names no model; ask for author/slug@preset/${preset.slug}`
      : 'expected author/slug such as acme/atlas-120b, or @preset/slug'
    return refuse([{ path: 'model', message }])
  }
  if (models.length > MAX_MODELS) return refuse([{ path: 'models', message: `at most ${MAX_MODELS} models` }])
  const preferences = providerPreferences.safeParse(merged.provider ?? {})
  if (!preferences.success) {
    return refuse(
      preferences.error.issues.map(({ path, message }) => ({
        path: ['provider', ...path].join('.'),
        message,
      })),
    )
  }
  const requestedModel = typeof asked.model === 'string' ? asked.model : `@preset/${preset?.slug ?? ''}`
  return { ok: true, merged, requestedModel, models, preset, preferences: preferences.data }
}

function unknownPreset(slug: string): Refused {
  return {
    ok: false,
    problem: {
      status: 404,
      type: 'not_found',
      message: `There is no active preset "${slug}". GET /api/v1/presets lists them.`,
      metadata: { preset: slug },
    },
  }
}

/** A 400 that names each field and what was expected; `code` is one that clients act by. */
export function refuse(fields: readonly FieldError[], code: string | null = null): Refused {
  const message = fields
    .map((field) => (field.path ? `${field.path}: ${field.message}` : field.message))
    .join('; ')
  const metadata = { fields }
  return { ok: false, problem: { status: 400, type: 'invalid_request', message, code, metadata } }
}
