import { actorOf } from '../access/guard.server'
import { type RoutePath, route, routes } from '../access/route.server'
import { declareCallerKind } from './declare-caller-kind.server'
import { callerKindAnswer, putCallerKindBody } from './schema'

/** Who drives apps and API keys, under `/api/v1`. */
export const CALLER_PATHS: readonly RoutePath[] = [
  {
    path: '/api/v1/caller-kinds',
    handlers: routes({
      PUT: route({
        access: 'editor',
        body: putCallerKindBody,
        answer: callerKindAnswer,
        handle: ({ body, reader }) => declareCallerKind({ body, actor: actorOf(reader) }),
      }),
    }),
  },
]
