import { AppError, ERROR_STATUS } from '../platform/errors'
import { log } from '../platform/log.server'
import { shapeNamed } from '../shapes/registry'
import { problemOfError } from './problem'

/** In which shape errors beside the shapes' own paths are told. */
const ERROR_SHAPE = 'openai-chat'

/** The JSON that the work gives, never cached; an error in OpenRouter's form. */
export async function answered(work: () => Promise<unknown>): Promise<Response> {
  try {
    return Response.json(await work(), { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    if (!(error instanceof AppError)) log.error({ err: error }, 'unexpected error in the gateway')
    const known =
      error instanceof AppError ? error : new AppError('internal', 'Something went wrong in the gateway.')
    const problem = problemOfError(known, ERROR_STATUS[known.code])
    return Response.json(shapeNamed(ERROR_SHAPE).errorBody(problem, null), { status: problem.status })
  }
}
