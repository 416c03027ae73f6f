import type { z } from 'zod'
import { isObject, textOf } from '../platform/json-value'
import type { ProviderPreferences } from '../presets/schema'
import type { ApiShape, Operation } from '../records/vocabulary'
import { shapeNamed } from '../shapes/registry'
import type { RequestFacts } from '../shapes/shape'
import type { Guards } from './judge-answer'
import type { WantedModel } from './model-variant'
import type { RequestNeeds } from './plan-input'
import { estimatePrompt } from './prompt-size/estimate-prompt'
import { OWN_FIELDS, type PresetForRequest, type Refused, readRouting, refuse } from './read-routing'
import { steeringFields } from './steering-fields'

/** A client's request, merged with its preset and taken apart into what is sent on and what the gateway decides by. */
export type GatewayRequest = {
  shape: ApiShape
  operation: Operation
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
  guards: Guards
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

export type ReadRequest = { ok: true; request: GatewayRequest } | Refused

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
  const routing = readRouting({ asked, presetOf, shape: known, isModel })
  if (!routing.ok) return routing
  const { merged, preset } = routing
  const facts = known.inspectRequest(merged)
  const promptTokens = estimatePrompt(merged)
  return {
    ok: true,
    request: {
      shape,
      operation: 'chat',
      body: withoutOwnFields(merged),
      facts,
      requestedModel: routing.requestedModel,
      models: routing.models,
      preset: preset && { slug: preset.slug, version: preset.version },
      preferences: routing.preferences,
      guards: {
        toolCalls: merged.tool_call_guard === 'retry',
        structuredOutput: merged.structured_output_guard === 'retry',
      },
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

/** The code that a shape's schema gave a refusal by which its clients act; null = none. */
function codeOf(issue: z.core.$ZodIssue): string | null {
  return issue.code === 'custom' ? textOf(issue.params?.code) : null
}

function nonEmpty(value: unknown): string | null {
  return textOf(value) || null
}
