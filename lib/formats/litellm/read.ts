import { isObject, type JsonObject, objectOf } from '../../platform/json-value'
import { httpStatusInText } from '../../records/http-status-in-text'
import { failureOf } from '../failure'
import type { Draft, Format } from '../format'
import { readProviderBodies } from '../provider-bodies'
import { type FieldReader, readFields } from '../read-fields'
import { known, msBetween, readEach } from '../reading'
import { operationOfCallType } from './call-types'
import { joinAttempts } from './join-attempts'
import { litellmElement } from './schema'

/** Where the model's name is the operator's own for a deployment, and the answer's says more. */
const PROVIDERS_OF_DEPLOYMENTS: ReadonlySet<string | undefined> = new Set(['azure', 'azure_ai', 'azure_text'])

/** LiteLLM's generic API callback and its spend logs. The README of this folder has the source of each field. */
export const litellm: Format = {
  label: 'LiteLLM',
  recognises: (element) => litellmElement.safeParse(element).success,
  unwrap: ({ data, logs }) => (Array.isArray(data) ? data : Array.isArray(logs) ? logs : null),
  read: (elements, { zone }) =>
    joinAttempts(
      elements,
      readEach(elements, zone, (fields, element) => readPayload(fields, element, zone)),
    ),
}

function readPayload(
  fields: FieldReader,
  element: JsonObject,
  zone: string | null,
): Draft | { ignored: string } {
  const callType = fields.text(100, 'call_type') ?? 'completion'
  const operation = operationOfCallType(callType)
  if (operation === null) return { ignored: `${callType} calls no model` }
  const hasFailed = fields.text(20, 'status', 'metadata.status') === 'failure'
  const startedAt = fields.time('startTime')
  const endedAt = fields.time('endTime')
  const firstAt = fields.time('completionStartTime')
  const durationMs = msBetween(startedAt, endedAt)
  const stream = fields.flag('stream')
  const bodies = readBodies(element)
  const metadata = readFields(fields.object('metadata'), zone)
  const { hasToolResultsInInput, systemPrompt } = bodies.signs ?? {}
  return {
    ...(operation === 'chat' || operation === 'completion' ? bodies : withoutTools(bodies)),
    ...known({
      id: fields.text(256, 'id', 'litellm_call_id', 'request_id'),
      startedAt,
      operation,
      ...readModels(fields, bodies.model),
      provider: providerOf(fields),
      app: metadata.text(200, 'user_api_key_alias', 'user_api_key_team_alias'),
      endUser: fields.text(
        256,
        'end_user',
        'metadata.user_api_key_end_user_id',
        'user',
        'metadata.user_api_key_user_id',
      ),
      sessionId: metadata.text(256, 'session_id') ?? fields.text(256, 'session_id'),
      stream,
      durationMs,
      // Without a stream LiteLLM writes the end there.
      timeToFirstTokenMs: stream === false || firstAt === endedAt ? undefined : msBetween(startedAt, firstAt),
      ...(hasFailed ? readFailure(fields) : readUsage(fields, metadata)),
    }),
    signs: {
      ...(hasToolResultsInInput == null ? {} : { hasToolResultsInInput }),
      ...(systemPrompt == null ? {} : { systemPrompt }),
      userAgent: fields.text(300, 'user_agent', 'metadata.user_agent') ?? null,
    },
  }
}

/** The request as LiteLLM tells it: parameters apart from messages. Without parameters nothing is known of tools. */
function readBodies(element: JsonObject): Draft {
  const parameters = readFields(element).object('model_parameters', 'modelParameters')
  const hasParameters = isObject(element.model_parameters) || Object.keys(parameters).length > 0
  const messages = readFields({ element }).value('element.messages')
  const bodies = readProviderBodies({
    request: { ...parameters, ...(Array.isArray(messages) ? { messages } : {}) },
    response: element.response,
  })
  const { stream: _, endUser: __, ...rest } = bodies
  const signs = { ...rest.signs, ...(Array.isArray(messages) ? {} : { hasToolResultsInInput: null }) }
  return { ...rest, signs, ...(hasParameters ? {} : { toolsOffered: undefined }) }
}

function withoutTools({ toolsOffered: _, toolCalls: __, tools: ___, ...rest }: Draft): Draft {
  return rest
}

function readModels(fields: FieldReader, answered: string | null | undefined): Draft {
  const named = fields.text(200, 'model')
  const provider = fields.text(100, 'custom_llm_provider')
  const isDeployment = PROVIDERS_OF_DEPLOYMENTS.has(provider) || named === undefined
  const model =
    (isDeployment ? (answered ?? fields.text(200, 'model_map_information.model_map_key')) : undefined) ??
    named
  const asked = fields.text(300, 'model_group')
  return {
    model: model ?? asked,
    ...(asked === undefined || asked === model ? {} : { requestedModel: asked }),
  }
}

/** The provider, which failed calls often tell by their model's name alone. */
function providerOf(fields: FieldReader): string | undefined {
  const named = fields.text(
    100,
    'custom_llm_provider',
    'error_information.llm_provider',
    'metadata.error_information.llm_provider',
  )
  if (named !== undefined) return named
  const [prefix, ...rest] = (fields.text(200, 'model') ?? '').split('/')
  return rest.length > 0 && prefix !== '' ? prefix : undefined
}

/** LiteLLM's counts include cached and reasoning tokens; of a failed call they are zeros that nobody counted. */
function readUsage(fields: FieldReader, metadata: FieldReader): Draft {
  const usage = readFields({
    usage: [
      metadata.object('usage_object'),
      fields.object('hidden_params.usage_object'),
      objectOf(objectOf(fields.value('response')).usage),
    ].find((object) => Object.keys(object).length > 0),
    text: usageInText(fields),
  })
  return {
    promptTokens:
      fields.tokens('prompt_tokens') ??
      usage.tokens('usage.prompt_tokens', 'usage.input_tokens', 'text.prompt_tokens'),
    completionTokens:
      fields.tokens('completion_tokens') ??
      usage.tokens('usage.completion_tokens', 'usage.output_tokens', 'text.completion_tokens'),
    cachedTokens: usage.tokens(
      'usage.cache_read_input_tokens',
      'usage.prompt_tokens_details.cached_tokens',
      'usage.input_tokens_details.cached_tokens',
    ),
    cacheWriteTokens: usage.tokens(
      'usage.cache_creation_input_tokens',
      'usage.prompt_tokens_details.cache_creation_tokens',
      'usage.prompt_tokens_details.cache_write_tokens',
    ),
    reasoningTokens: usage.tokens(
      'usage.completion_tokens_details.reasoning_tokens',
      'usage.output_tokens_details.reasoning_tokens',
    ),
    costUsd: costOf(fields),
  }
}

/** A zero that comes with a reason why the cost could not be computed is no cost. */
function costOf(fields: FieldReader): number | undefined {
  const cost = fields.usd(1, 'response_cost', 'cost_breakdown.total_cost', 'spend', 'cost')
  const isUnknown = cost === 0 && Object.keys(fields.object('response_cost_failure_debug_info')).length > 0
  return isUnknown ? undefined : cost
}

/** The older payload prints its usage as Python does: `Usage(completion_tokens=3, prompt_tokens=12, …)`. */
function usageInText(fields: FieldReader): JsonObject {
  const usage = fields.value('usage')
  if (typeof usage !== 'string') return {}
  return Object.fromEntries(
    [...usage.slice(0, 5000).matchAll(/\b(\w+)=(\d+)/g)].map(([, name = '', count]) => [name, Number(count)]),
  )
}

function readFailure(fields: FieldReader): Draft {
  const prefix =
    fields.value('error_information') === undefined ? 'metadata.error_information.' : 'error_information.'
  const message = fields.text(300, `${prefix}error_message`, 'error_str')
  const httpStatus =
    fields.httpStatus(`${prefix}error_code`) ?? httpStatusInText(message ?? null) ?? undefined
  return {
    httpStatus,
    errorClass: failureOf(
      httpStatus,
      fields.text(200, `${prefix}error_class`),
      fields.text(200, `${prefix}error_code`),
      message,
    ),
    finishReason: undefined,
  }
}
