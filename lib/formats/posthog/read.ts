import { isObject, objectsOf, textOf } from '../../platform/json-value'
import { parseJson } from '../../platform/parse-json'
import { httpStatusInText } from '../../records/http-status-in-text'
import type { Operation } from '../../records/vocabulary'
import { failureOf } from '../failure'
import type { Draft, Format } from '../format'
import { wireCall } from '../provider-bodies'
import { type FieldReader, readFields } from '../read-fields'
import { known, movedBy, readEach } from '../reading'
import { posthogEvent } from './schema'

const OPERATIONS: Readonly<Record<string, Operation>> = { $ai_generation: 'chat', $ai_embedding: 'embedding' }

/** PostHog's LLM events. The README of this folder has the source of each field. */
export const posthog: Format = {
  label: 'PostHog',
  recognises: (element) => posthogEvent.safeParse(element).success,
  unwrap: ({ batch }) => (Array.isArray(batch) ? batch : null),
  read: (elements, { zone }) => readEach(elements, zone, readEvent),
}

function readEvent(fields: FieldReader): Draft | { ignored: string } {
  const name = fields.text(100, 'event') ?? 'an event without a name'
  const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined
  if (operation === undefined) return { ignored: `${name} is no request to a model` }
  const said = readFields(fields.object('properties'))
  const durationMs = said.durationMs(1000, '$ai_latency')
  const capturedAt = fields.time('timestamp', 'properties.timestamp')
  const firstMs = said.durationMs(1000, '$ai_time_to_first_token')
  const tools = said.value('$ai_tools')
  return {
    ...known({
      id: fields.text(
        256,
        'uuid',
        'properties.$ai_span_id',
        'properties.$ai_generation_id',
        'properties.$insert_id',
        'properties.$ai_completion_id',
      ),
      // Clients capture an event when the answer is there.
      startedAt: capturedAt === undefined ? undefined : movedBy(capturedAt, -(durationMs ?? 0)),
      operation,
      model: said.text(200, '$ai_model'),
      provider: said.text(100, '$ai_provider'),
      app: said.text(200, 'app', '$app_name', 'service', '$ai_span_name'),
      endUser: endUserOf(fields, said),
      sessionId: said.text(256, '$ai_session_id'),
      stream:
        said.flag('$ai_stream', '$ai_model_parameters.stream') ?? (firstMs === undefined ? undefined : true),
      durationMs,
      timeToFirstTokenMs: firstMs,
      finishReason: said.text(100, '$ai_stop_reason', '$ai_finish_reason'),
      httpStatus: said.httpStatus('$ai_http_status'),
      ...readUsage(said),
      costUsd:
        said.usd(1, '$ai_total_cost_usd') ??
        sum(said.usd(1, '$ai_input_cost_usd'), said.usd(1, '$ai_output_cost_usd')),
      ...readFailure(said),
      tools: Array.isArray(tools) && tools.length > 0 ? tools : undefined,
      toolsOffered:
        operation === 'chat' && said.value('$ai_lib') !== undefined && tools === undefined ? 0 : undefined,
      toolCalls: operation === 'chat' ? readCalls(said.value('$ai_output_choices', '$ai_output')) : undefined,
    }),
    signs: { hasToolResultsInInput: hasToolResults(said.value('$ai_input')) },
  }
}

/** A person's id; PostHog fills in the trace where nobody is known. */
function endUserOf(fields: FieldReader, said: FieldReader): string | undefined {
  const person = fields.text(256, 'distinct_id', 'properties.distinct_id')
  return person === said.text(256, '$ai_trace_id') ? undefined : person
}

/** Anthropic's input leaves cached tokens out, which its events say, or newer ones by a flag. */
function readUsage(said: FieldReader): Draft {
  const input = said.tokens('$ai_input_tokens')
  const cachedTokens = said.tokens('$ai_cache_read_input_tokens')
  const cacheWriteTokens = said.tokens('$ai_cache_creation_input_tokens')
  const isExclusive =
    said.flag('$ai_cache_reporting_exclusive') ??
    (said.text(100, '$ai_provider') === 'anthropic' ||
      (cachedTokens ?? 0) > (input ?? Number.POSITIVE_INFINITY))
  const cached = (cachedTokens ?? 0) + (cacheWriteTokens ?? 0)
  return {
    promptTokens: input === undefined ? undefined : input + (isExclusive ? cached : 0),
    cachedTokens,
    cacheWriteTokens,
    completionTokens: said.tokens('$ai_output_tokens'),
    reasoningTokens: said.tokens('$ai_reasoning_tokens'),
  }
}

function readFailure(said: FieldReader): Draft {
  if (said.flag('$ai_is_error') !== true) return {}
  const raw = said.value('$ai_error')
  const error = isObject(raw) ? raw : typeof raw === 'string' ? parseJson(raw) : undefined
  const told = readFields(isObject(error) ? error : { message: raw })
  const message = told.text(300, 'message', 'error.message')
  const httpStatus =
    said.httpStatus('$ai_http_status') ??
    told.httpStatus('status') ??
    httpStatusInText(message ?? null) ??
    undefined
  return {
    httpStatus,
    errorClass: failureOf(
      httpStatus,
      told.text(200, 'code', 'error.code'),
      told.text(200, 'type', 'error.type'),
      told.text(200, 'name'),
      message,
    ),
  }
}

/** Calls stand in `tool_calls` of a choice, or as parts of its content; without choices nothing is known of them. */
function readCalls(choices: unknown): Draft['toolCalls'] {
  if (!Array.isArray(choices) || choices.length === 0) return undefined
  return objectsOf(choices).flatMap((choice) => {
    const parts = [...objectsOf(choice.tool_calls), ...objectsOf(choice.content)]
    return parts.flatMap((part) => {
      const told = isObject(part.function) ? part.function : part
      const name = told.name ?? told.toolName
      const isCall =
        isObject(part.function) || /tool_use|tool-call|tool_call|function/.test(textOf(part.type) ?? '')
      if (!isCall || typeof name !== 'string' || name === '') return []
      const given = told.arguments ?? told.input ?? told.args
      return [wireCall({ name, arguments: typeof given === 'string' ? given : null, argumentsValue: given })]
    })
  })
}

function hasToolResults(input: unknown): boolean | null {
  if (!Array.isArray(input)) return null
  return objectsOf(input).some(
    ({ role, type, content }) =>
      role === 'tool' ||
      type === 'function_call_output' ||
      objectsOf(content).some((part) => part.type === 'tool_result'),
  )
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0)
}
