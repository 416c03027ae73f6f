import type { IncomingHttpHeaders } from 'node:http'
import type { Turn } from './turn'

/** One request to a provider. */
export type ProviderRequest = {
  method: string
  /** Below the provider's own beginning, with its query. */
  url: URL
  headers: IncomingHttpHeaders
  body: unknown
}

/** What a provider answers: one body, or server-sent events as they stand on the wire. */
export type ProviderAnswer = { status: number; body: unknown } | { status: 200; events: readonly string[] }

/** A refusal in the vendor's words; `answer` puts it into the vendor's form. */
export class Refusal extends Error {
  readonly status: number
  readonly param: string | null
  readonly code: string | null
  constructor(
    message: string,
    { status = 400, param = null as string | null, code = null as string | null } = {},
  ) {
    super(message)
    this.status = status
    this.param = param
    this.code = code
  }
}

/** A provider that speaks one wire shape, as strict as the vendor's documentation. */
export type ScriptedProvider = {
  /** Throws a Refusal for what the vendor would not take. */
  answer: (request: ProviderRequest) => ProviderAnswer
  refusalBody: (refusal: Refusal) => unknown
}

/** Tokens of a turn, the same in every shape. */
export function tokensOf(turn: Turn): { input: number; cached: number; output: number } {
  return turn.kind === 'call'
    ? { input: 120, cached: 64, output: 20 }
    : { input: 160, cached: 128, output: 9 }
}

/** A text in a few pieces that are no words, as tokens are none. */
export function pieces(text: string): string[] {
  return text.match(/[\s\S]{1,7}/g) ?? []
}

/** Refuses fields that the vendor does not know. */
export function onlyKnown(
  body: object,
  known: ReadonlySet<string>,
  refuse: (field: string) => Refusal,
): void {
  const unknown = Object.keys(body).find((field) => !known.has(field))
  if (unknown !== undefined) throw refuse(unknown)
}
