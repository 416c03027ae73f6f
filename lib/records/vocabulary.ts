/**
 * The closed sets every record is written in. Names follow OpenRouter and OpenTelemetry where they have one.
 * The order of each list is its order in Postgres enums and in every breakdown on screen.
 */

/**
 * What a request asks a model to do. A text `completion` continues a prompt, a `chat` answers messages in whatever wire
 * shape; `audio` is speech or transcription; `other` is none of these. Names follow OpenRouter's and OpenAI's paths.
 */
export const OPERATIONS = [
  'chat',
  'completion',
  'embedding',
  'rerank',
  'image',
  'audio',
  'moderation',
  'other',
] as const
export type Operation = (typeof OPERATIONS)[number]

/** Who drives the request: a program that acts on tool results, or a person. `unknown` when the log cannot tell. */
export const CALLER_KINDS = ['agentic', 'human', 'unknown'] as const
export type CallerKind = (typeof CALLER_KINDS)[number]

/** Why a request got its caller kind; stored beside it so that "why is this agentic?" has an answer. */
export const CALLER_REASONS = [
  'declared',
  'tool_results_in_input',
  'finished_by_tool_call',
  'known_agent_client',
  'agent_span_ancestor',
  'no_agent_signal',
  'no_tool_information',
] as const
export type CallerReason = (typeof CALLER_REASONS)[number]

/** What went wrong with an attempt; an attempt without one is `ok`. */
export const ERROR_CLASSES = [
  'rate_limited',
  'upstream_5xx',
  'timeout',
  'connection',
  'mid_stream',
  'auth',
  'not_found',
  'bad_response',
  'invalid_request',
  'content_policy',
  'cancelled',
] as const
export type ErrorClass = (typeof ERROR_CLASSES)[number]

/** `ok`, or the class of the error that ended the attempt (for a request: its last attempt). */
export type Outcome = 'ok' | ErrorClass

/** Result of holding one tool call against the tools that were offered. */
export const TOOL_VERDICTS = ['valid', 'invalid_json', 'unknown_name', 'schema_mismatch', 'unknown'] as const
export type ToolVerdict = (typeof TOOL_VERDICTS)[number]

/** Result of holding the text of an answer against the format that was asked for. */
export const OUTPUT_VERDICTS = ['valid', 'invalid_json', 'schema_mismatch', 'unknown'] as const
export type OutputVerdict = (typeof OUTPUT_VERDICTS)[number]

/** Where a request's cost comes from. */
export const COST_SOURCES = ['reported', 'price_table'] as const
export type CostSource = (typeof COST_SOURCES)[number]

/** The parts a prompt is made of; estimates in tokens, scaled so that they sum to `promptTokens`. */
export const PROMPT_PARTS = [
  'system',
  'toolDefinitions',
  'mcpToolDefinitions',
  'skills',
  'toolResults',
  'userText',
  'assistantHistory',
] as const
export type PromptPart = (typeof PROMPT_PARTS)[number]

/** The wire shapes that clients and providers may speak, by the names of their folders in lib/shapes. */
export const API_SHAPES = ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini'] as const
export type ApiShape = (typeof API_SHAPES)[number]

/** What else the shapes are called: the names of older versions, and those that people use. */
const API_SHAPE_ALIASES: Readonly<Record<string, ApiShape>> = {
  openai: 'openai-chat',
  chat: 'openai-chat',
  anthropic: 'anthropic-messages',
  messages: 'anthropic-messages',
  responses: 'openai-responses',
  google: 'gemini',
  'google-gemini': 'gemini',
}

/** The shape of a name, its older and shorter names included; null when it is none. */
export function toApiShape(name: unknown): ApiShape | null {
  if (typeof name !== 'string') return null
  return API_SHAPES.find((shape) => shape === name) ?? API_SHAPE_ALIASES[name] ?? null
}

/**
 * How a provider's key is shown to it. The first five send one key: `Authorization: Bearer`, a header of that name, or
 * `?key=` (`query`). `aws-sigv4` signs each request (AWS Signature Version 4), `google-service-account` trades a key
 * file for short-lived tokens (RFC 7523), `none` sends nothing.
 */
export const AUTH_SCHEMES = [
  'bearer',
  'x-api-key',
  'x-goog-api-key',
  'api-key',
  'query',
  'aws-sigv4',
  'google-service-account',
  'none',
] as const
export type AuthScheme = (typeof AUTH_SCHEMES)[number]

/** A stored scheme; null when there is none, or one that this version does not know. */
export function toAuthScheme(name: string | null): AuthScheme | null {
  return AUTH_SCHEMES.find((scheme) => scheme === name) ?? null
}

/** What a model takes in and gives out, in OpenRouter's words (`architecture`). */
export const INPUT_MODALITIES = ['text', 'image', 'file', 'audio', 'video'] as const
export type InputModality = (typeof INPUT_MODALITIES)[number]
export const OUTPUT_MODALITIES = ['text', 'image', 'audio', 'video', 'embeddings'] as const
export type OutputModality = (typeof OUTPUT_MODALITIES)[number]

/** OpenRouter's quantization levels; `unknown` is what an endpoint without one counts as. */
export const QUANTIZATIONS = [
  'int4',
  'int8',
  'fp4',
  'mxfp4',
  'nvfp4',
  'fp6',
  'fp8',
  'mxfp8',
  'fp16',
  'bf16',
  'fp32',
  'unknown',
] as const
export type Quantization = (typeof QUANTIZATIONS)[number]

/** How an endpoint or a provider is doing, by its uptime. */
export const HEALTH_STATUSES = ['healthy', 'degraded', 'down', 'unknown'] as const
export type HealthStatus = (typeof HEALTH_STATUSES)[number]

/** The windows uptime is told over, shortest first. */
export const UPTIME_WINDOWS = ['5m', '30m', '1d'] as const
export type UptimeWindow = (typeof UPTIME_WINDOWS)[number]

/** `source` of every record the gateway makes. */
export const GATEWAY_SOURCE = 'sightglass-gateway'
