import { actorOf } from '../access/guard.server'
import { type RoutePath, route, routes } from '../access/route.server'
import { createRule } from './create-rule.server'
import { deleteRule } from './delete-rule.server'
import { listRules } from './list-rules.server'
import { orderRules } from './order-rules.server'
import { previewRules } from './preview-rules.server'
import {
  createUseCaseRuleBody,
  deleteUseCaseRuleAnswer,
  orderUseCaseRulesBody,
  patchUseCaseRuleBody,
  previewUseCaseRulesAnswer,
  previewUseCaseRulesBody,
  useCaseRuleAnswer,
  useCaseRuleParams,
  useCaseRulesAnswer,
} from './schema'
import { updateRule } from './update-rule.server'

/** Rules that give requests their use case, under `/api/v1`. */
export const USE_CASE_PATHS: readonly RoutePath[] = [
  {
    path: '/api/v1/use-case-rules',
    handlers: routes({
      GET: route({ access: 'reader', answer: useCaseRulesAnswer, handle: listRules }),
      POST: route({
        access: 'editor',
        status: 201,
        body: createUseCaseRuleBody,
        answer: useCaseRuleAnswer,
        handle: async ({ body, reader }) => ({
          rule: await createRule({ input: body, actor: actorOf(reader) }),
        }),
      }),
    }),
  },
  {
    path: '/api/v1/use-case-rules/order',
    handlers: routes({
      PUT: route({
        access: 'editor',
        body: orderUseCaseRulesBody,
        answer: useCaseRulesAnswer,
        handle: ({ body, reader }) => orderRules({ input: body, actor: actorOf(reader) }),
      }),
    }),
  },
  {
    path: '/api/v1/use-case-rules/preview',
    handlers: routes({
      POST: route({
        access: 'reader',
        body: previewUseCaseRulesBody,
        answer: previewUseCaseRulesAnswer,
        handle: ({ body }) => previewRules(body),
      }),
    }),
  },
  {
    path: '/api/v1/use-case-rules/:id',
    handlers: routes({
      PATCH: route({
        access: 'editor',
        params: useCaseRuleParams,
        body: patchUseCaseRuleBody,
        answer: useCaseRuleAnswer,
        handle: async ({ params, body, reader }) => ({
          rule: await updateRule({ ...params, patch: body, actor: actorOf(reader) }),
        }),
      }),
      DELETE: route({
        access: 'editor',
        params: useCaseRuleParams,
        answer: deleteUseCaseRuleAnswer,
        handle: ({ params, reader }) => deleteRule({ ...params, actor: actorOf(reader) }),
      }),
    }),
  },
]
