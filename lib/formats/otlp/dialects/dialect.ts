import type { Operation } from '../../../records/vocabulary'
import type { Attributes, AttributeValue } from '../schema'

/** What is read of a span, each from the first attribute that holds it. Times are in the unit that the name says. */
export const SPAN_FIELDS = [
  'responseModel',
  'requestModel',
  'provider',
  'responseId',
  'promptTokens',
  'cachedTokens',
  'cacheWriteTokens',
  'completionTokens',
  'reasoningTokens',
  'costUsd',
  'finishReason',
  'stream',
  'firstTokenSeconds',
  'firstTokenMs',
  'toolDefinitions',
  'systemInstructions',
  'inputMessages',
  'outputMessages',
  'sessionId',
  'endUser',
  'agentName',
  'errorType',
  'errorMessage',
  'httpStatus',
  'userAgent',
  'app',
] as const
export type SpanField = (typeof SPAN_FIELDS)[number]

/** An attribute by which a dialect says what a span is, and which of its values are calls of a model. */
export type KindAttribute = {
  name: string
  /** By value in lower case; null = structure: an agent, a step, a tool. A value that is not here says nothing. */
  operations: ReadonlyMap<string, Operation | null>
  /** What a value means that is not in the table; left out = nothing. */
  otherwise?: null
  /** Values, in lower case, of spans of agents. */
  agents: readonly string[]
  /** Values of spans in which a tool runs. */
  tools: readonly string[]
}

/**
 * How one family of emitters writes its spans: a table, and where a table cannot say it, a translation into the
 * attributes of the GenAI conventions, which every reader knows.
 */
export type Dialect = {
  label: string
  /** What says of a span that it is written so; null = the conventions themselves, which need not say it. */
  isSpoken: ((attributes: Attributes) => boolean) | null
  kind: KindAttribute | null
  fields: Partial<Record<SpanField, readonly string[]>>
  /** Attributes of the conventions for what stands elsewhere in structures; those the span has itself win. */
  translate?: (attributes: Attributes) => Iterable<readonly [string, AttributeValue]>
}
