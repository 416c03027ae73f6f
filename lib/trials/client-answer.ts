import { z } from 'zod'
import { parseJson } from '../platform/parse-json'
import type { RawToolCall } from '../records/check-tool-calls'
import { errorClassFromErrorType, errorClassFromStatus } from '../records/error-class'
import type { ErrorClass } from '../records/vocabulary'
import { readRouterNotes, wireMetadata } from './router-notes'

/** What one request of a trial got, whether in one piece or as a stream. */
export type ClientAnswer = {
  generationId: string | null
  provider: string | null
  model: string | null
  /** Of the preset that the gateway used; null when it does not say. */
  presetVersion: number | null
  finishReason: string | null
  toolCalls: RawToolCall[]
  /** Null when the request was answered. */
  failure: { errorClass: ErrorClass; message: string } | null
}

// Answers of a gateway: minimal and nullish, so that only what a trial reads can be wrong.
const wireError = z.object({
  code: z.union([z.number(), z.string()]).nullish(),
  message: z.string().nullish(),
  metadata: z
    .looseObject({ error_type: z.string().nullish(), provider_name: z.string().nullish() })
    .nullish(),
})
/** `error` of an answer or a chunk, as OpenRouter writes it. */
export type WireError = z.infer<typeof wireError>

const wireCompletion = z.object({
  id: z.string().nullish(),
  provider: z.string().nullish(),
  model: z.string().nullish(),
  error: wireError.nullish(),
  openrouter_metadata: wireMetadata.nullish().catch(null),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        error: wireError.nullish(),
        message: z
          .object({
            tool_calls: z
              .array(z.object({ function: z.object({ name: z.string(), arguments: z.unknown() }) }))
              .nullish(),
          })
          .nullish(),
      }),
    )
    .nullish(),
})

export const NOTHING_RECEIVED: ClientAnswer = {
  generationId: null,
  provider: null,
  model: null,
  presetVersion: null,
  finishReason: null,
  toolCalls: [],
  failure: null,
}

/**
 * The answer to a request without `stream`: its HTTP status and the text of its body. An error status, an error in a
 * 200, a finish reason `error` and a body that is no completion are failures. Never throws.
 */
export function readCompletion({ httpStatus, body }: { httpStatus: number; body: string }): ClientAnswer {
  const parsed = wireCompletion.safeParse(parseJson(body))
  const isRefused = errorClassFromStatus(httpStatus) !== null
  if (!parsed.success) {
    return {
      ...NOTHING_RECEIVED,
      failure: isRefused
        ? failureOf({ httpStatus, error: null })
        : { errorClass: 'bad_response', message: `The answer is no chat completion: ${excerpt(body)}` },
    }
  }
  const { id, provider, model, choices, error } = parsed.data
  const notes = readRouterNotes(parsed.data.openrouter_metadata)
  const choice = choices?.[0]
  const found = error ?? choice?.error ?? null
  const received = {
    generationId: id ?? null,
    provider: notes.provider ?? provider ?? found?.metadata?.provider_name ?? null,
    model: model ?? null,
    presetVersion: notes.presetVersion,
    finishReason: choice?.finish_reason ?? null,
  }
  if (isRefused || found || choice?.finish_reason === 'error') {
    return { ...received, toolCalls: [], failure: failureOf({ httpStatus, error: found }) }
  }
  if (!choice?.message) {
    const message = 'The answer holds no message.'
    return { ...received, toolCalls: [], failure: { errorClass: 'bad_response', message } }
  }
  const toolCalls = (choice.message.tool_calls ?? []).map(({ function: { name, arguments: given } }) => ({
    name,
    arguments: typeof given === 'string' ? given : (JSON.stringify(given) ?? ''),
  }))
  return { ...received, toolCalls, failure: null }
}

/**
 * Why a request was not answered: the error's own type decides, then its code, then the HTTP status; what tells nothing
 * is `bad_response`.
 */
export function failureOf({
  httpStatus,
  error,
}: {
  httpStatus: number
  error: WireError | null
}): NonNullable<ClientAnswer['failure']> {
  const type = error?.metadata?.error_type
  const code = error?.code
  const errorClass =
    (type ? errorClassFromErrorType(type) : null) ??
    (code ? errorClassFromErrorType(String(code)) : null) ??
    errorClassFromStatus(httpStatus) ??
    'bad_response'
  return { errorClass, message: error?.message || `HTTP ${httpStatus}` }
}

function excerpt(body: string): string {
  const text = body.trim().replaceAll(/\s+/g, ' ')
  return text === '' ? 'it is empty' : text.slice(0, 200)
}
