import type { RouteHandler } from '@/lib/access/route.server'
import { AppError } from '@/lib/platform/errors'
import { errorResponse } from '@/lib/platform/http.server'

const answerNotFound: RouteHandler = async (request) => {
  const { pathname } = new URL(request.url)
  return errorResponse(new AppError('not_found', `There is no API at ${pathname}.`))
}

export {
  answerNotFound as DELETE,
  answerNotFound as GET,
  answerNotFound as PATCH,
  answerNotFound as POST,
  answerNotFound as PUT,
}
