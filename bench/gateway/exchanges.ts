import type { Exchange } from './exchange'
import { chat } from './exchanges/chat'
import { gemini } from './exchanges/gemini'
import { longPrompt } from './exchanges/long-prompt'
import { paced } from './exchanges/paced'
import { responses } from './exchanges/responses'

/** All exchanges; the upstream answers each below a path of its name. */
export const EXCHANGES = { chat, responses, gemini, long: longPrompt, paced } as const satisfies Record<
  string,
  Exchange
>
export type ExchangeName = keyof typeof EXCHANGES

export const EXCHANGE_NAMES: readonly ExchangeName[] = ['chat', 'responses', 'gemini', 'long', 'paced']

export function exchangeNamed(name: ExchangeName): Exchange {
  return EXCHANGES[name]
}
