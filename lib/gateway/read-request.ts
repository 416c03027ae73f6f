import type { z } from 'zod'
import type { FieldError } from '../platform/errors'
import { isObject, textOf } from '../platform/json-value'
import { mergePreset } from '../presets/merge-preset'
import { parseModelReference } from '../presets/preset-reference'
import { type PresetConfig, type ProviderPreferences, providerPreferences } from '../presets/schema'
import type { ApiShape } from '../records/vocabulary'
import type { GatewayProblem } from '../shapes/problem'
import { shapeNamed } from '../shapes/registry'
import type { RequestFacts } from '../shapes/shape'
import type { WantedModel } from './model-variant'
import type { RequestNeeds } from './plan-input'
import { estimatePrompt } from './prompt-size/estimate-prompt'
import { steeringFields } from './steering-fields'
import { readWantedModels, splitPresetSuffix } from './wanted-models'

/** What the gateway takes of a preset. */
export type PresetForRequest = {
  slug: string
  version: number
  systemPrompt: string | null
  config: PresetConfig
}

/** A client's request, merged with its preset and taken apart into what is sent on and what the gateway decides by. */
export type GatewayRequest = {
  shape: ApiShape
  /** In the client's shape, without the fields that are the gateway's own; `model` is set for each attempt. */
  body: Record<string, unknown>
  /** What its shape says of it, the preset included. */
  facts: RequestFacts
  /** As the client wrote it. */
  requestedModel: string
  /** In order of preference; never empty. */
  models: WantedModel[]
  preset: { slug: string; version: number } | null
  preferences: ProviderPreferences
  /** A bad tool call leads to the next endpoint. */
  isGuarded: boolean
  /** A stream that breaks may go on at another endpoint. */
  continuesBrokenStreams: boolean
  isStream: boolean
  needs: RequestNeeds
  /** Its prompt's tokens, most likely. */
  promptTokens: number
  endUser: string | null
  sessionId: string | null
  /** The client's own name for what a provider keeps of its prompt. */
  promptCacheKey: string | null
}

export type ReadRequest = { ok: true; request: GatewayRequest } | { ok: false; problem: GatewayProblem }

/** Fields that steer the gateway and mean nothing to an upstream. */
const OWN_FIELDS: ReadonlySet<string> = new Set([
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

/**
 * Reads the body of a request in any shape: checks what the gateway itself depends on, fills in the preset
 * and separates the gateway's own fields. What an upstream may know better passes through unread. Never throws.
 */
export function readGatewayRequest({
  shape,
  body,
  presetOf,
  isModel,
}: {
  shape: ApiShape
  body: unknown
  presetOf: (slug: string) => PresetForRequest | undefined
  /** Whether a name is a model's own, whatever it ends with. */
  isModel: (name: string) => boolean
}): ReadRequest {
  const steering = steeringFields.safeParse(body)
  const known = shapeNamed(shape)
  const parsed = known.requestSchema.safeParse(body)
  if (!isObject(body) || !steering.success || !parsed.success) {
    const issues = [
      ...(steering.error?.issues ?? []),
      ...(isObject(body) ? (parsed.error?.issues ?? []) : []),
    ]
    const fields = issues.map(({ path, message }) => ({ path: path.join('.'), message }))
    return refuse(fields, issues.map(codeOf).find((code) => code !== null) ?? null)
  }
  const asked: Record<string, unknown> = { ...parsed.data, ...steering.data }
  const { request } = splitPresetSuffix(asked)
  const reference = parseModelReference(request)
  if (!reference.ok) return refuse([reference.problem])
  const preset = reference.presetSlug === null ? null : presetOf(reference.presetSlug)
  if (preset === undefined) return unknownPreset(reference.presetSlug ?? '')
  const merged = preset === null ? request : mergePreset({ request, preset, shape: known })
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
  const facts = known.inspectRequest(merged)
  const promptTokens = estimatePrompt(merged)
  return {
    ok: true,
    request: {
      shape,
      body: withoutOwnFields(merged),
      facts,
      requestedModel: typeof asked.model === 'string' ? asked.model : `@preset/${preset?.slug ?? ''}`,
      models,
      preset: preset && { slug: preset.slug, version: preset.version },
      preferences: preferences.data,
      isGuarded: merged.tool_call_guard === 'retry',
      continuesBrokenStreams: merged.continue_broken_streams === true,
      isStream: facts.isStream,
      needs: readNeeds(facts, promptTokens.lowest),
      promptTokens: promptTokens.likely,
      endUser: facts.endUser,
      sessionId: nonEmpty(merged.session_id),
      promptCacheKey: facts.promptCacheKey,
    },
  }
}

function withoutOwnFields(merged: Record<string, unknown>): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const name of Object.keys(merged)) if (!OWN_FIELDS.has(name)) body[name] = merged[name]
  return body
}

function readNeeds(facts: RequestFacts, leastPromptTokens: number): RequestNeeds {
  return {
    // Tools that cannot be read are tools all the same.
    hasTools: facts.offeredTools === null || facts.offeredTools.length > 0,
    parameters:
      facts.responseFormat?.type === 'json_schema'
        ? [...facts.parameters, 'structured_outputs']
        : facts.parameters,
    leastPromptTokens,
    maxTokens: facts.maxTokens,
  }
}

function unknownPreset(slug: string): ReadRequest {
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

/** The code that a shape's schema gave a refusal by which its clients act; null = none. */
function codeOf(issue: z.core.$ZodIssue): string | null {
  return issue.code === 'custom' ? textOf(issue.params?.code) : null
}

function refuse(fields: readonly FieldError[], code: string | null = null): ReadRequest {
  const message = fields
    .map((field) => (field.path ? `${field.path}: ${field.message}` : field.message))
    .join('; ')
  const metadata = { fields }
  return { ok: false, problem: { status: 400, type: 'invalid_request', message, code, metadata } }
}

function nonEmpty(value: unknown): string | null {
  return textOf(value) || null
}
