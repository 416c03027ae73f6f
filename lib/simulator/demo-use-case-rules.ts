import { type CreateUseCaseRuleBody, createUseCaseRuleBody } from '../use-cases/schema'

/** Rules for the demo's apps that say neither in their logs nor in a header what they are for; one app stays unsorted. */
export const DEMO_USE_CASE_RULES: readonly CreateUseCaseRuleBody[] = [
  { useCase: 'search', app: 'Intranet *' },
  { useCase: 'data preparation', app: 'Batch *' },
  { useCase: 'operations', tool: 'create_ticket', systemPrompt: '*incident-review*' },
].map((rule) => createUseCaseRuleBody.parse(rule))
