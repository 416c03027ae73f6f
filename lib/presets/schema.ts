import { z } from 'zod'
import { modelSlug } from '../catalog/schema'
import { QUANTIZATIONS } from '../records/vocabulary'

/**
 * Presets with OpenRouter's field names and meaning (reference: openrouter.ai/docs, Presets and Provider Routing; the
 * OpenAPI file's Preset, PresetVersion and ProviderPreferences). Ours on top: the guards, `continue_broken_streams`, and PATCH and
 * DELETE.
 */
export const PRESET_SLUG_PATTERN = /^[a-z0-9][a-z0-9-]{0,62}$/
export const presetSlug = z
  .string('expected a slug such as tool-runner')
  .regex(PRESET_SLUG_PATTERN, 'expected lower-case letters, digits and dashes, such as tool-runner')

/** A provider by any of its names, `name/variant` as well; the catalog resolves it (lib/catalog/provider-names.ts). */
const providerName = z
  .string('expected a provider such as helios')
  .trim()
  .min(1, 'expected a provider such as helios')
  .max(100, 'at most 100 characters')
  .regex(/^\P{Cc}*$/u, 'no control characters')
const providers = z.array(providerName, 'expected a list of providers').max(100, 'at most 100 providers')
const positive = z.number('expected a number').gt(0, 'expected more than 0')
/** A bound on the median, or on several percentiles that must all hold. */
const percentileBound = z.union(
  [
    positive,
    z.strictObject({
      p50: positive.optional(),
      p75: positive.optional(),
      p90: positive.optional(),
      p99: positive.optional(),
    }),
  ],
  'expected a number, or an object with p50, p75, p90 or p99',
)
/** US dollars; OpenRouter writes prices as strings, people as numbers. */
const price = z.union(
  [
    z.number().min(0),
    z
      .string()
      .regex(/^\d+(\.\d+)?$/)
      .transform(Number),
  ],
  'expected US dollars, such as 0.8',
)

export const PROVIDER_SORTS = ['price', 'throughput', 'latency', 'exacto'] as const
export type ProviderSort = (typeof PROVIDER_SORTS)[number]
const sort = z.union(
  [
    z.enum(PROVIDER_SORTS),
    z.strictObject({ by: z.enum(PROVIDER_SORTS), partition: z.enum(['model', 'none']).optional() }),
  ],
  `expected one of ${PROVIDER_SORTS.join(', ')}`,
)

/** `provider` of a request or preset. */
export const providerPreferences = z.strictObject({
  /** Tried in this order; other providers follow unless `allow_fallbacks` is false. Switches load balancing off. */
  order: providers.optional(),
  only: providers.optional(),
  ignore: providers.optional(),
  /** Default true. False = only the first endpoint of the plan is tried. */
  allow_fallbacks: z.boolean('expected true or false').optional(),
  require_parameters: z.boolean('expected true or false').optional(),
  sort: sort.nullish(),
  /** Hard limit, US dollars per million tokens (`request`: per request). */
  max_price: z
    .strictObject({
      prompt: price.optional(),
      completion: price.optional(),
      request: price.optional(),
      image: price.optional(),
      audio: price.optional(),
    })
    .optional(),
  /** Tokens per second over the last 5 minutes; endpoints below it go last. */
  preferred_min_throughput: percentileBound.nullish(),
  /** Seconds to the first token over the last 5 minutes; endpoints above it go last. */
  preferred_max_latency: percentileBound.nullish(),
  quantizations: z
    .array(z.enum(QUANTIZATIONS, { error: `expected one of ${QUANTIZATIONS.join(', ')}` }))
    .optional(),
  /** `deny` = only providers that promised not to keep prompts. */
  data_collection: z.enum(['allow', 'deny'], { error: 'expected allow or deny' }).nullish(),
  zdr: z.boolean('expected true or false').nullish(),
  enforce_distillable_text: z.boolean('expected true or false').nullish(),
})
export type ProviderPreferences = z.infer<typeof providerPreferences>

/** A tool definition: kept and forwarded as it is. */
const tool = z.looseObject({ type: z.string('expected a tool with a type') })

const between = (low: number, high: number) =>
  z
    .number(`expected a number from ${low} to ${high}`)
    .min(low, `expected ${low} to ${high}`)
    .max(high, `expected ${low} to ${high}`)
const wholeFrom = (low: number) => z.int('expected a whole number').min(low, `expected ${low} or more`)

/** Sampling and output parameters, each optional: what is absent is left to the request or the provider. */
export const PRESET_PARAMETERS = {
  temperature: between(0, 2),
  top_p: between(0, 1),
  top_k: wholeFrom(0),
  min_p: between(0, 1),
  top_a: between(0, 1),
  frequency_penalty: between(-2, 2),
  presence_penalty: between(-2, 2),
  repetition_penalty: between(0, 2),
  max_tokens: wholeFrom(1),
  max_completion_tokens: wholeFrom(1),
  seed: z.int('expected a whole number'),
  stop: z.union([z.string(), z.array(z.string()).max(16)], 'expected a text or a list of texts'),
  verbosity: z.enum(['low', 'medium', 'high'], { error: 'expected low, medium or high' }),
  parallel_tool_calls: z.boolean('expected true or false'),
  response_format: z.looseObject({ type: z.string() }, 'expected an object with a type'),
  tool_choice: z.union(
    [z.enum(['none', 'auto', 'required']), z.looseObject({ type: z.string() })],
    'expected none, auto, required or a tool',
  ),
} as const
export type PresetParameter = keyof typeof PRESET_PARAMETERS

const optionalParameters = z.strictObject(PRESET_PARAMETERS).partial()

/** What a guard does with an answer that it objects to: hand it on, or throw it away and ask the next endpoint. */
export const GUARD_MODES = ['off', 'retry'] as const
const guard = z.enum(GUARD_MODES, { error: 'expected off or retry' })

const flatPresetConfig = z.strictObject({
  ...optionalParameters.shape,
  /** Shorthand for a single entry in front of `models`. */
  model: modelSlug.optional(),
  /** Tried in this order. Empty or absent = the request names the model. */
  models: z.array(modelSlug, 'expected a list of models').max(20, 'at most 20 models').optional(),
  provider: providerPreferences.optional(),
  reasoning: z
    .strictObject({
      enabled: z.boolean('expected true or false').optional(),
      effort: z
        .enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh'], {
          error: 'expected none, minimal, low, medium, high or xhigh',
        })
        .optional(),
      max_tokens: wholeFrom(1).optional(),
      exclude: z.boolean('expected true or false').optional(),
    })
    .optional(),
  tools: z.array(tool, 'expected a list of tools').max(512, 'at most 512 tools').optional(),
  /** `retry`: a bad tool call makes the gateway try the next endpoint before the client sees it. Default off. */
  tool_call_guard: guard.optional(),
  /** The same for an answer that is not of the JSON Schema that the request's `response_format` asks for. */
  structured_output_guard: guard.optional(),
  /** A stream that breaks after its first token may go on at another endpoint. Default false. */
  continue_broken_streams: z.boolean('expected true or false').optional(),
})

/** What a preset stands for. Parameters stand flat, as OpenRouter stores them; a nested `parameters` is unfolded. */
export const presetConfig = z.preprocess(unfoldParameters, flatPresetConfig)
export type PresetConfig = z.infer<typeof flatPresetConfig>
/** The names of a config's fields. */
export const CONFIG_FIELDS: ReadonlySet<string> = new Set(Object.keys(flatPresetConfig.shape))

function unfoldParameters(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('parameters' in value)) return value
  const { parameters, ...rest } = value
  return typeof parameters === 'object' && parameters !== null && !Array.isArray(parameters)
    ? { ...parameters, ...rest }
    : value
}

export const PRESET_STATUSES = ['active', 'disabled', 'archived'] as const
export type PresetStatus = (typeof PRESET_STATUSES)[number]

/** OpenRouter's PresetVersion. */
export const presetVersion = z.object({
  id: z.string(),
  preset_id: z.string(),
  version: z.number(),
  creator_id: z.string(),
  system_prompt: z.string().nullable(),
  config: flatPresetConfig,
  created_at: z.string(),
  updated_at: z.string(),
})
export type PresetVersion = z.infer<typeof presetVersion>

/** OpenRouter's Preset with its designated version. */
export const preset = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  status: z.enum(PRESET_STATUSES),
  creator_user_id: z.string(),
  workspace_id: z.string(),
  designated_version_id: z.string(),
  designated_version: presetVersion,
  created_at: z.string(),
  updated_at: z.string(),
  status_updated_at: z.string().nullable(),
})
export type Preset = z.infer<typeof preset>

export const presetListQuery = z.object({
  offset: z.coerce.number('expected a number').int().min(0).optional(),
  limit: z.coerce.number('expected a number').int().min(1).max(100).optional(),
  status: z.enum([...PRESET_STATUSES, 'all']).optional(),
})
export type PresetListQuery = z.infer<typeof presetListQuery>
/** `GET /api/v1/presets`: last changed first; archived ones only when asked for. */
export const presetListAnswer = z.object({ data: z.array(preset), total_count: z.number() })
export type PresetListAnswer = z.infer<typeof presetListAnswer>
export const presetAnswer = z.object({ data: preset })
export type PresetAnswer = z.infer<typeof presetAnswer>
export const presetVersionListQuery = presetListQuery.pick({ offset: true, limit: true })
export type PresetVersionListQuery = z.infer<typeof presetVersionListQuery>
/** `GET /api/v1/presets/:slug/versions`: oldest first. */
export const presetVersionListAnswer = z.object({ data: z.array(presetVersion), total_count: z.number() })
export type PresetVersionListAnswer = z.infer<typeof presetVersionListAnswer>
/** `DELETE /api/v1/presets/:slug`: the first archives, one of an archived preset removes it for good (`deleted`). */
export const deletePresetAnswer = z.object({ data: preset, deleted: z.boolean() })
export type DeletePresetAnswer = z.infer<typeof deletePresetAnswer>
export const presetVersionAnswer = z.object({ data: presetVersion })
export type PresetVersionAnswer = z.infer<typeof presetVersionAnswer>

export const presetParams = z.object({ slug: presetSlug })
export const presetVersionParams = z.object({
  slug: presetSlug,
  version: z.coerce.number().int().min(1).max(2_147_483_647),
})

const versionNumber = wholeFrom(1).max(2_147_483_647, 'there are not that many versions')
const presetName = z
  .string('give the preset a name')
  .trim()
  .min(1, 'give the preset a name')
  .max(80, 'at most 80 characters')
const description = z.string('expected text').trim().max(500, 'at most 500 characters').nullish()
const systemPrompt = z.string('expected text').max(200_000, 'at most 200,000 characters').nullish()

/** `new` is the address of the page that creates one. */
const chosenSlug = presetSlug.refine((slug) => slug !== 'new', '"new" is reserved; choose another slug')

/** `POST /api/v1/presets`: 201. */
export const createPresetBody = z
  .strictObject({
    slug: chosenSlug,
    /** Left out = the slug. */
    name: presetName.optional(),
    description,
    system_prompt: systemPrompt,
    config: presetConfig.optional(),
  })
  .superRefine(refuseUnstorableText)
export type CreatePresetBody = z.infer<typeof createPresetBody>

/**
 * `PATCH /api/v1/presets/:slug`. A change of `system_prompt` or `config` (replaced as a whole) makes a new designated
 * version. `expected_version` is the version the editor started from: another one in between answers 409.
 * `designated_version` rolls back: that version's content becomes the newest version.
 */
export const patchPresetBody = z
  .strictObject({
    slug: chosenSlug.optional(),
    name: presetName.optional(),
    description,
    system_prompt: systemPrompt,
    config: presetConfig.optional(),
    status: z.enum(PRESET_STATUSES, { error: 'expected active, disabled or archived' }).optional(),
    designated_version: versionNumber.optional(),
    expected_version: versionNumber.optional(),
  })
  .superRefine(refuseUnstorableText)
export type PatchPresetBody = z.infer<typeof patchPresetBody>

/** Deeper than any tool's schema, shallow enough to walk. */
const MAX_DEPTH = 64

/** Postgres keeps neither NUL nor half a character, and refuses the whole row. */
function refuseUnstorableText(value: unknown, context: z.RefinementCtx): void {
  visit(value, [])

  function visit(part: unknown, path: (string | number)[]): void {
    if (typeof part === 'string') {
      const problem = unstorable(part)
      if (problem !== null) context.addIssue({ code: 'custom', path, message: problem })
    } else if (typeof part === 'object' && part !== null) {
      if (path.length > MAX_DEPTH) {
        context.addIssue({ code: 'custom', path, message: `nested deeper than ${MAX_DEPTH} levels` })
        return
      }
      for (const [key, item] of Object.entries(part)) {
        const place = Array.isArray(part) ? Number(key) : key
        if (typeof place === 'string') visit(place, [...path, place])
        visit(item, [...path, place])
      }
    }
  }
}

function unstorable(text: string): string | null {
  if (text.includes('\0')) return 'the character NUL cannot be kept'
  return text.isWellFormed() ? null : 'half a character (a lone surrogate) cannot be kept'
}
