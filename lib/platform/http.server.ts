import type { z } from 'zod'
import { isDatabaseAway } from './database-fault'
import { AppError, type FieldError, toErrorAnswer } from './errors'
import { log } from './log.server'

/** Turns zod's issues into our field errors. */
export function toFieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
}

/** The one way an error becomes a Response outside the OpenAI-shaped and OTLP routes. */
export function errorResponse(error: unknown): Response {
  if (!(error instanceof AppError)) {
    if (isDatabaseAway(error)) log.warn({ err: error }, 'a route could not ask the database')
    else log.error({ err: error }, 'unexpected error in a route')
  }
  const answer = toErrorAnswer(error)
  return Response.json(answer.body, { status: answer.status, headers: answer.headers })
}

/** Whether one of some texts holds NUL, the one character that Postgres neither stores nor compares. */
export function holdsNul(texts: readonly unknown[]): boolean {
  return texts.some((text) => typeof text === 'string' && text.includes('\0'))
}

/** Reads `URLSearchParams` through a schema; throws `bad_request` that names each wrong parameter. */
export function parseQuery<T extends z.ZodType>(schema: T, url: string): z.infer<T> {
  const parameters = new URL(url).searchParams
  if (holdsNul([...parameters.values()])) {
    throw new AppError('bad_request', 'A parameter holds the character NUL, which no name has.')
  }
  const parsed = schema.safeParse(Object.fromEntries(parameters))
  if (parsed.success) return parsed.data
  const details = toFieldErrors(parsed.error)
  const summary = details
    .map((detail) => (detail.path ? `${detail.path}: ${detail.message}` : detail.message))
    .join('; ')
  throw new AppError('bad_request', summary, { details })
}

/** Reads a JSON body through a schema; throws `bad_request` (not JSON) or `validation_failed`. */
export async function parseBody<T extends z.ZodType>(schema: T, request: Request): Promise<z.infer<T>> {
  let body: unknown
  try {
    body = await request.json()
  } catch (cause) {
    throw new AppError('bad_request', 'The body is not JSON.', { cause })
  }
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw new AppError('validation_failed', 'Some fields are not as expected.', {
    details: toFieldErrors(parsed.error),
  })
}
