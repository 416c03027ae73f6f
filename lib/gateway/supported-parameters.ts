import type { EndpointCandidate } from './candidate'

type Abilities = Pick<EndpointCandidate, 'supportsTools' | 'supportsReasoning' | 'supportsStructuredOutput'>

/** What the gateway passes on to any endpoint. */
const ALWAYS = [
  'temperature',
  'top_p',
  'max_tokens',
  'max_completion_tokens',
  'stop',
  'seed',
  'frequency_penalty',
  'presence_penalty',
  'response_format',
] as const

/** Parameters that a model has to be able to do something for. */
const BY_ABILITY = {
  supportsTools: ['tools', 'tool_choice', 'parallel_tool_calls'],
  supportsReasoning: ['reasoning', 'include_reasoning', 'reasoning_effort'],
  supportsStructuredOutput: ['structured_outputs'],
} as const satisfies Record<keyof Abilities, readonly string[]>

const ABILITIES = ['supportsTools', 'supportsReasoning', 'supportsStructuredOutput'] as const

/**
 * OpenRouter's `supported_parameters` of a model: what at least one of its endpoints takes. What nobody has said counts
 * as yes, so that agents offer it; a provider that cannot do it after all says so.
 */
export function supportedParameters(endpoints: readonly Abilities[]): string[] {
  const able = ABILITIES.filter((ability) => endpoints.some((endpoint) => endpoint[ability] !== false))
  return [...ALWAYS, ...able.flatMap((ability) => BY_ABILITY[ability])]
}

/** Whether an endpoint is known not to take a parameter. */
export function isMissing(parameter: string, endpoint: Abilities): boolean {
  return ABILITIES.some(
    (ability) => endpoint[ability] === false && BY_ABILITY[ability].some((name) => name === parameter),
  )
}
