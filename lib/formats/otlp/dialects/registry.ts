import type { Operation } from '../../../records/vocabulary'
import type { Attributes, AttributeValue } from '../schema'
import { aiSdk } from './ai-sdk'
import { type Dialect, SPAN_FIELDS, type SpanField } from './dialect'
import { anthropicSdk, genAi } from './gen-ai'
import { langSmith } from './lang-smith'
import { langfuse } from './langfuse'
import { mastra } from './mastra'
import { openInference } from './open-inference'
import { traceloopCall, traceloopStructure } from './traceloop'

/**
 * Who says what a span is, first come first served, as Langfuse's own receiver decides it: what a tracing product says
 * of its own spans is narrower than the conventions' operation, which several emitters write on spans around a call.
 */
const BY_KIND: readonly Dialect[] = [
  langfuse,
  openInference,
  langSmith,
  mastra,
  genAi,
  aiSdk,
  traceloopCall,
  traceloopStructure,
]

/** Whose attributes are read first where several are set: the conventions'. */
const BY_FIELD: readonly Dialect[] = [
  genAi,
  anthropicSdk,
  openInference,
  aiSdk,
  langfuse,
  langSmith,
  mastra,
  traceloopCall,
]

/** Every name of a field, in the order in which they are looked at. */
export const FIELD_NAMES: Readonly<Record<SpanField, readonly string[]>> = Object.fromEntries(
  SPAN_FIELDS.map((field) => [field, BY_FIELD.flatMap(({ fields }) => fields[field] ?? [])]),
) as Record<SpanField, string[]>

/** The emitters that are known, by what people call them. */
export const DIALECT_LABELS: readonly string[] = [...new Set(BY_FIELD.map(({ label }) => label))]

/** What the attributes say a span is. `undefined` = they do not say; null = structure, no call of a model. */
export type SpanKind = { operation: Operation | null | undefined; isAgent: boolean; isTool: boolean }

const UNSAID: SpanKind = { operation: undefined, isAgent: false, isTool: false }

/** What a span is, by the first attribute of a dialect that says it. */
export function kindOf(attributes: Attributes): SpanKind {
  let agentOrTool = UNSAID
  for (const { kind } of BY_KIND) {
    const value = kind === null ? undefined : attributes.get(kind.name)
    if (kind === null || typeof value !== 'string') continue
    const said = value.trim().toLowerCase()
    const isAgent = kind.agents.includes(said)
    const isTool = kind.tools.includes(said)
    if (isAgent || isTool) agentOrTool = { operation: null, isAgent, isTool }
    const operation = kind.operations.has(said) ? kind.operations.get(said) : kind.otherwise
    if (operation !== undefined) return { operation, isAgent, isTool }
  }
  return agentOrTool
}

/** A span's attributes with what its dialects write elsewhere, under the conventions' names; its own win. */
export function translated(attributes: Attributes): Attributes {
  const spoken = BY_FIELD.filter(({ isSpoken, translate }) => translate && isSpoken?.(attributes))
  if (spoken.length === 0) return attributes
  const all = new Map<string, AttributeValue>()
  for (const { translate } of spoken) {
    for (const [name, value] of translate?.(attributes) ?? []) {
      if (value !== null && !all.has(name)) all.set(name, value)
    }
  }
  for (const [name, value] of attributes) if (value !== null) all.set(name, value)
  return all
}
