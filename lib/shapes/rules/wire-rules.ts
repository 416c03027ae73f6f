import type { Edit } from './schema'

/**
 * A parameter without which the answer means the same: what it is called, which no other of the shape is, and where it
 * stands. `only` = as long as it has this value.
 */
export type OptionalParameter = { name: string; at: readonly string[]; only?: unknown }

/**
 * What mending a body needs to know of a shape: where things stand in it, and what may be left out. Places are written
 * as in wire-paths.ts.
 */
export type WireRules = {
  toolNames: {
    /** Where requests offer and call tools. */
    request: readonly string[]
    /** Where requests may repeat such a name, among other names. */
    mentions: readonly string[]
    /** Where whole answers and events of streams name a tool. */
    answer: readonly string[]
  }
  /** Ids of calls in requests, of the calls and of their results. */
  callIds: readonly string[]
  roles: readonly string[]
  /** Names of people and conversations, which a hash replaces as well. */
  opaqueNames: readonly string[]
  /** Limits on completion tokens, each under all names that it goes by, the newest last. */
  tokenLimits: readonly string[]
  /** Where the effort of reasoning stands. */
  efforts: readonly string[]
  /** Whether `thinking` is Anthropic's. */
  hasThinkingBudget: boolean
  /** May be left out when a provider refuses it. */
  optional: readonly OptionalParameter[]
  /**
   * By container ('' = the body): fields that a request is made of. Any other field there may be left out when a
   * provider says that it does not know it, as lenient providers do without a word.
   */
  essential: Readonly<Record<string, readonly string[]>>
  /** Optional ones that the gateway adds itself, which are no wish of the client's. */
  ownParameters: readonly string[]
  /** What every provider of the shape is sent. */
  edits: readonly Edit[]
}
