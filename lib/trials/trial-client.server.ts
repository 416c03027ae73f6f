import { Pool } from 'undici'
import { z } from 'zod'
import { AppError } from '../platform/errors'
import { parseJson } from '../platform/parse-json'
import {
  type ReportTrialBody,
  reportTrialAnswer,
  type StartTrialBody,
  type Trial,
  trialAnswer,
} from './schema'

export type TrialClient = {
  start: (body: StartTrialBody) => Promise<Trial>
  report: (id: string, body: ReportTrialBody) => Promise<{ isStopped: boolean }>
  close: () => Promise<void>
}

const errorAnswer = z.object({
  error: z.object({
    message: z.string(),
    details: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  }),
})

/**
 * What the command says to the server at `url`. Every method throws an AppError of one clear sentence: `unavailable`
 * when nobody answers there, `unauthorized` when the key is refused, `not_found` for an unknown preset, else the
 * server's own words.
 */
export function openTrialClient({ url, apiKey }: { url: string; apiKey: string }): TrialClient {
  const base = new URL('api/v1/', url.endsWith('/') ? url : `${url}/`)
  const pool = new Pool(base.origin, { connections: 2 })
  const post = async <Answer extends z.ZodType>(
    path: string,
    body: unknown,
    schema: Answer,
  ): Promise<z.infer<Answer>> => {
    const response = await pool
      .request({
        method: 'POST',
        path: new URL(path, base).pathname,
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      .catch((cause: unknown) => {
        throw unreachable(url, cause)
      })
    const text = await response.body.text()
    if (response.statusCode >= 300) throw refusal({ status: response.statusCode, text, url })
    const parsed = schema.safeParse(parseJson(text))
    if (parsed.success) return parsed.data
    throw new AppError('bad_request', `${url} does not answer like Sightglass; check SIGHTGLASS_URL.`)
  }
  return {
    start: async (body) => (await post('trials', body, trialAnswer)).data,
    report: (id, body) => post(`trials/${id}/calls`, body, reportTrialAnswer),
    close: () => pool.close(),
  }
}

function refusal({ status, text, url }: { status: number; text: string; url: string }): AppError {
  const parsed = errorAnswer.safeParse(parseJson(text))
  if (!parsed.success) {
    return new AppError(
      'bad_request',
      `${url} does not answer like Sightglass (${status}); check SIGHTGLASS_URL.`,
    )
  }
  const { message, details = [] } = parsed.data.error
  const fields = details.map((detail) => `${detail.path}: ${detail.message}`).join('; ')
  const words = fields === '' ? message : `${message} ${fields}`
  if (status === 401 || status === 403) {
    return new AppError('unauthorized', `${url} refuses the API key: ${words} Check SIGHTGLASS_API_KEY.`)
  }
  return new AppError(status === 404 ? 'not_found' : 'bad_request', words)
}

function unreachable(url: string, cause: unknown): AppError {
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
  const message = `No server answers at ${url}${code}. Start it with npm start, or set SIGHTGLASS_URL.`
  return new AppError('unavailable', message, { cause })
}
