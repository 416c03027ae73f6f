import { isObject, type JsonObject, numberOf, objectOf, textOf } from '../../platform/json-value'
import { effortOfBudget } from '../reasoning-settings'

/**
 * A messages request whose `thinking` by a budget became `adaptive` with an effort, which is all that newer Claude
 * models take; an effort and a `display` of the client's stay. `display` is written where the client said none. The
 * same object when thinking is not given by a budget.
 */
export function withAdaptiveThinking(request: JsonObject, display: string | undefined): JsonObject {
  const { thinking } = request
  if (!isObject(thinking) || thinking.type !== 'enabled') return request
  const config = objectOf(request.output_config)
  const budget = numberOf(thinking.budget_tokens)
  const effort = textOf(config.effort) ?? (budget === null ? 'high' : effortOfBudget(budget))
  const shown = textOf(thinking.display) ?? display
  return {
    ...request,
    thinking: { type: 'adaptive', ...(shown === undefined ? {} : { display: shown }) },
    output_config: { ...config, effort },
  }
}
