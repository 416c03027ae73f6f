import { z } from 'zod'
import { endpointHealthView } from '../health/schema'
import {
  API_SHAPES,
  AUTH_SCHEMES,
  INPUT_MODALITIES,
  OUTPUT_MODALITIES,
  QUANTIZATIONS,
  toApiShape,
} from '../records/vocabulary'
import { baseUrl } from './base-url'
import {
  apiKeyField,
  apiVersion,
  awsCredentials,
  extraHeaders,
  extraQuery,
  region,
  serviceAccountKeyFile,
} from './sign-in-schema'

export const SLUG_PATTERN = /^[a-z0-9][a-z0-9._-]{0,99}$/
export const MODEL_PATTERN = /^[^\s/@\p{Cc}]{1,99}\/[^\s/@\p{Cc}]{1,99}$/u

/** A provider's short name in URLs, presets and logs. */
export const providerSlug = z
  .string('expected a slug such as helios')
  .regex(SLUG_PATTERN, 'expected lower-case letters, digits, dots, dashes, such as helios')
/** `author/slug`. */
export const modelSlug = z
  .string('expected author/slug such as acme/atlas-120b')
  .regex(MODEL_PATTERN, 'expected author/slug such as acme/atlas-120b')

const personalName = z
  .string('expected a name such as Atlas 120B')
  .trim()
  .min(1, 'expected a name such as Atlas 120B')
  .max(80, 'at most 80 characters')
  .regex(/^\P{Cc}*$/u, 'no control characters')

/** Names from logs are looser than those that may be typed: whatever stands between the slashes. */
export const modelParams = z.object({ author: z.string().min(1).max(200), slug: z.string().min(1).max(200) })
export type ModelParams = z.infer<typeof modelParams>

/** What an operator says of a model, as the API shows it. */
export const model = z.object({
  /** `author/slug`. */
  model: z.string(),
  name: z.string().nullable(),
  /** Day it came out, `YYYY-MM-DD`. */
  released_on: z.string().nullable(),
  /** The model it is another name of. */
  alias_of: z.string().nullable(),
  /** Its other names. */
  aliases: z.array(z.string()),
})
export type Model = z.infer<typeof model>
export const modelAnswer = z.object({ data: model })
export type ModelAnswer = z.infer<typeof modelAnswer>

/** `PUT /api/v1/models/:author/:slug`: what is left out keeps its value, null clears. */
export const putModelBody = z.strictObject({
  name: personalName.nullish(),
  released_on: z.iso.date('expected a day such as 2026-11-20').nullish(),
  /** Everything logged under this name counts as the other model's, until it is cleared. */
  alias_of: z
    .string('expected author/slug of the model it is another name of')
    .trim()
    .min(1, 'expected author/slug of the model it is another name of')
    .max(200, 'at most 200 characters')
    .regex(/^\P{Cc}*$/u, 'no control characters')
    .nullish(),
})
export type PutModelBody = z.infer<typeof putModelBody>

/** A provider as the API shows it: never its secret. */
export const provider = z.object({
  slug: z.string(),
  /** What people call it; the slug when nobody gave it a name. */
  name: z.string(),
  /** What an OpenAI or Anthropic SDK would be given; null = only known from logs, the gateway cannot call it. */
  baseUrl: z.string().nullable(),
  apiShape: z.enum(API_SHAPES).nullable(),
  /** How it signs in; null = as its shape's own SDK does. */
  authScheme: z.enum(AUTH_SCHEMES).nullable(),
  /** Whether a key, AWS credentials or a key file are stored. */
  hasApiKey: z.boolean(),
  region: z.string().nullable(),
  apiVersion: z.string().nullable(),
  headers: z.record(z.string(), z.string()),
  query: z.record(z.string(), z.string()),
  allowPrivateNetwork: z.boolean(),
  /** Whether it may keep prompts: `allow` when it does or has not said, `deny` when it promised not to. */
  dataCollection: z.enum(['allow', 'deny']),
  enabled: z.boolean(),
  /** Endpoints that the gateway may use. */
  enabledEndpoints: z.number(),
})
export type Provider = z.infer<typeof provider>

/** `GET /api/v1/providers`: connected ones first, then those only known from logs; each by name. */
export const providerListAnswer = z.object({
  data: z.array(provider),
  /** Whether the operator lets providers live at loopback and private-network addresses. */
  privateNetworkAllowed: z.boolean(),
})
export type ProviderListAnswer = z.infer<typeof providerListAnswer>
export const providerAnswer = z.object({ data: provider })
export type ProviderAnswer = z.infer<typeof providerAnswer>

export const providerParams = z.object({ slug: providerSlug })

/** `PUT /api/v1/providers/:slug`: connects or replaces. What may be left out keeps its value. */
export const putProviderBody = z.strictObject({
  name: z
    .string('give the provider a name')
    .trim()
    .min(1, 'give the provider a name')
    .max(80, 'at most 80 characters')
    .regex(/^\P{Cc}*$/u, 'no control characters'),
  baseUrl,
  apiShape: z.preprocess(
    (name) => toApiShape(name) ?? name,
    z.enum(API_SHAPES, { error: `expected one of ${API_SHAPES.join(', ')}` }),
  ),
  /** Null = as the shape's own SDK signs in. */
  authScheme: z.enum(AUTH_SCHEMES, { error: `expected one of ${AUTH_SCHEMES.join(', ')}` }).nullish(),
  apiKey: apiKeyField,
  /** For `aws-sigv4`. Left out = keep the stored ones; null = forget them. */
  awsCredentials: awsCredentials.nullish(),
  /** For `google-service-account`. Left out or empty = keep the stored one; null = forget it. */
  serviceAccountKey: serviceAccountKeyFile.nullish(),
  /** What `aws-sigv4` signs for; null = what the address says. */
  region: region.nullish(),
  /** Azure's `api-version`, sent in the query. */
  apiVersion: apiVersion.nullish(),
  /** Sent with every request; null or empty = none. They are stored in clear. */
  headers: extraHeaders.nullish(),
  query: extraQuery.nullish(),
  allowPrivateNetwork: z.boolean('expected true or false').optional(),
  dataCollection: z.enum(['allow', 'deny'], { error: 'expected allow or deny' }).optional(),
  enabled: z.boolean('expected true or false').optional(),
})
export type PutProviderBody = z.infer<typeof putProviderBody>

const usdPerMTok = z
  .number('expected US dollars per million tokens')
  .min(0, 'expected zero or more')
  .max(100_000, 'expected US dollars per million tokens')

const tokens = z
  .int('expected a number of tokens')
  .min(1, 'expected a number of tokens')
  .max(100_000_000, 'expected a number of tokens')

/** Null or empty = not said. */
function modalities<const T extends string>(known: readonly T[]) {
  const one = z.enum(known, { error: `expected some of ${known.join(', ')}` })
  return z
    .array(one, `expected a list of ${known.join(', ')}`)
    .max(known.length)
    .transform((list) => known.filter((modality) => list.includes(modality)))
}

/** How requests are changed for an endpoint since it refused a parameter. */
export const endpointLesson = z.object({
  /** In words: `stream_options left out`. */
  text: z.string(),
  /** The provider's own. */
  said: z.string(),
  /** ISO 8601. */
  learnedAt: z.string(),
})
export type EndpointLesson = z.infer<typeof endpointLesson>

/** One model at one provider, as the API shows it. */
export const endpoint = z.object({
  model: z.string(),
  provider: z.string(),
  providerName: z.string(),
  /** What the provider calls the model. */
  upstreamModel: z.string(),
  promptUsdPerMTok: z.number().nullable(),
  cachedUsdPerMTok: z.number().nullable(),
  completionUsdPerMTok: z.number().nullable(),
  contextLength: z.number().nullable(),
  quantization: z.enum(QUANTIZATIONS).nullable(),
  /** Null = not said, which the router takes as yes; as the two after it. */
  supportsTools: z.boolean().nullable(),
  supportsReasoning: z.boolean().nullable(),
  supportsStructuredOutput: z.boolean().nullable(),
  /** Empty = not said. */
  inputModalities: z.array(z.enum(INPUT_MODALITIES)),
  outputModalities: z.array(z.enum(OUTPUT_MODALITIES)),
  /** Most tokens of one answer. */
  maxCompletionTokens: z.number().nullable(),
  enabled: z.boolean(),
  /** Whether the gateway can call it: enabled, at a connected and enabled provider. */
  routable: z.boolean(),
  health: endpointHealthView,
  /** What its refusals taught in the last hours, oldest first. */
  lessons: z.array(endpointLesson),
})
export type Endpoint = z.infer<typeof endpoint>

/** A name to look for; one that nothing can have finds nothing. */
const soughtName = z
  .string()
  .max(200, 'at most 200 characters')
  .regex(/^\P{Cc}*$/u, 'no control characters')

export const endpointListQuery = z.object({
  provider: soughtName.optional(),
  model: soughtName.optional(),
  /** `true` = only those the gateway may use; left out = all that were ever configured or enabled. */
  routable: z.enum(['true', 'false']).optional(),
})
export type EndpointListQuery = z.infer<typeof endpointListQuery>
export const endpointListAnswer = z.object({ data: z.array(endpoint) })
export type EndpointListAnswer = z.infer<typeof endpointListAnswer>
export const endpointAnswer = z.object({ data: endpoint })
export type EndpointAnswer = z.infer<typeof endpointAnswer>

/** `PUT /api/v1/endpoints`: prices and context left out are filled from the price table where it knows the model. */
export const putEndpointBody = z.strictObject({
  model: modelSlug,
  provider: providerSlug,
  /** Left out = the model's name after the slash. */
  upstreamModel: z
    .string('expected the name the provider uses')
    .trim()
    .min(1, 'expected the name the provider uses')
    .max(200, 'at most 200 characters')
    .regex(/^\P{Cc}*$/u, 'no control characters')
    .nullish(),
  promptUsdPerMTok: usdPerMTok.nullish(),
  cachedUsdPerMTok: usdPerMTok.nullish(),
  completionUsdPerMTok: usdPerMTok.nullish(),
  contextLength: tokens.nullish(),
  maxCompletionTokens: tokens.nullish(),
  quantization: z.enum(QUANTIZATIONS, { error: `expected one of ${QUANTIZATIONS.join(', ')}` }).nullish(),
  supportsTools: z.boolean('expected true or false').nullish(),
  supportsReasoning: z.boolean('expected true or false').nullish(),
  supportsStructuredOutput: z.boolean('expected true or false').nullish(),
  inputModalities: modalities(INPUT_MODALITIES).nullish(),
  outputModalities: modalities(OUTPUT_MODALITIES).nullish(),
  enabled: z.boolean('expected true or false').optional(),
})
export type PutEndpointBody = z.infer<typeof putEndpointBody>

/** `DELETE /api/v1/endpoints/lessons?model=&provider=`: forgets what an endpoint's refusals taught. */
export const endpointLessonsQuery = z.object({ model: soughtName, provider: soughtName })
export type EndpointLessonsQuery = z.infer<typeof endpointLessonsQuery>

/** `GET /api/v1/endpoints/suggestion?model=&provider=`: what the price table knows. */
export const endpointSuggestionQuery = z.object({ model: soughtName, provider: soughtName })
export const endpointSuggestionAnswer = z.object({
  promptUsdPerMTok: z.number().nullable(),
  cachedUsdPerMTok: z.number().nullable(),
  completionUsdPerMTok: z.number().nullable(),
  contextLength: z.number().nullable(),
  supportsReasoning: z.boolean().nullable(),
  supportsStructuredOutput: z.boolean().nullable(),
  inputModalities: z.array(z.enum(INPUT_MODALITIES)),
  outputModalities: z.array(z.enum(OUTPUT_MODALITIES)),
})
export type EndpointSuggestionAnswer = z.infer<typeof endpointSuggestionAnswer>

/** `POST /api/v1/providers/:slug/test`: one real call to one of the provider's models. */
export const testConnectionBody = z.strictObject({ model: modelSlug.optional() })
export type TestConnectionBody = z.infer<typeof testConnectionBody>
export const testConnectionAnswer = z.object({
  ok: z.boolean(),
  /** The model that was asked, as the provider calls it; null when none was found to ask. */
  upstreamModel: z.string().nullable(),
  httpStatus: z.number().nullable(),
  latencyMs: z.number().nullable(),
  /** What came back, in a sentence a person can act on. */
  message: z.string(),
  /** What the provider says it serves, when it was asked for that instead of a model; else empty. */
  listedModels: z.array(z.string()),
})
export type TestConnectionAnswer = z.infer<typeof testConnectionAnswer>
