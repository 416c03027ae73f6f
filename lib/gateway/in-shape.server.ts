import { AppError, ERROR_STATUS, explainError } from '../platform/errors'
import { log } from '../platform/log.server'
import type { ApiShape } from '../records/vocabulary'
import { problemResponse } from './gateway-response'
import { problemOfError } from './problem'

const UNEXPECTED = 'Something went wrong in the gateway. The server log says what.'

/** The response that the work gives; whatever it throws is answered in the shape, and logged where nobody expected it. */
export async function inShape(shape: ApiShape, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (thrown) {
    const error = explainError(thrown)
    if (!(error instanceof AppError)) log.error({ err: error }, 'unexpected error in the gateway')
    const known = error instanceof AppError ? error : new AppError('internal', UNEXPECTED)
    return problemResponse(shape, problemOfError(known, ERROR_STATUS[known.code]))
  }
}
