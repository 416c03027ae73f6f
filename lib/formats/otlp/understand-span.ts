import type { Operation } from '../../records/vocabulary'
import { FIELD_NAMES, kindOf, translated } from './dialects/registry'
import type { Attributes, OtlpSpan } from './schema'
import { firstOf, textOf } from './span-attributes'

/** A span as its dialects say it. */
export type UnderstoodSpan = {
  span: OtlpSpan
  /** Its own, and under the conventions' names what its dialects write elsewhere. */
  attributes: Attributes
  /** `sure`: its kind says that it is a call. `likely`: it has a model or usage, and nothing says what it is. */
  candidacy: 'sure' | 'likely' | 'none'
  operation: Operation
  isAgent: boolean
  /** An agent's span by its kind, but one that an SDK writes around every call: it proves no agent by itself. */
  isCallRoot: boolean
  isTool: boolean
  /** The external id of the record that tells of it, once it has one. */
  recordedAs?: string
}

const USAGE = [...FIELD_NAMES.promptTokens, ...FIELD_NAMES.completionTokens]
const OPERATION_NAME = ['gen_ai.operation.name'] as const

/**
 * What a span is. Instrumentations may make operation names up: a name that nobody knows is a call of a model when the
 * span has a model, and usage or a response's id. Source: `gen_ai.operation.name` of the OpenTelemetry GenAI semantic
 * conventions, which allow custom values.
 */
export function understandSpan(span: OtlpSpan): UnderstoodSpan {
  const attributes = translated(span.attributes)
  const { operation, isAgent, isTool } = kindOf(attributes)
  const candidacy =
    operation === undefined
      ? isCallLike(attributes) && !isAgent && !isTool
        ? 'likely'
        : 'none'
      : operation === null
        ? 'none'
        : 'sure'
  const isCallRoot = isAgent && isNamedAfterModel(span, attributes)
  return {
    span,
    attributes,
    candidacy,
    operation:
      operation === 'chat' && isNamedEmbedding(span, attributes)
        ? 'embedding'
        : (operation ?? operationOfWords(textOf(attributes, OPERATION_NAME, 100))),
    isAgent: isAgent && !isCallRoot,
    isCallRoot,
    isTool,
  }
}

/** Whether a span says nothing that anybody here knows. */
export function isSilent({ candidacy, isAgent, isCallRoot, isTool, attributes }: UnderstoodSpan): boolean {
  if (candidacy !== 'none' || isAgent || isCallRoot || isTool) return false
  return kindOf(attributes).operation === undefined
}

/** Whether a span says how many tokens were used. */
export function hasUsage({ attributes }: UnderstoodSpan): boolean {
  return has(attributes, USAGE)
}

function isCallLike(attributes: Attributes): boolean {
  const hasModel = has(attributes, FIELD_NAMES.requestModel) || has(attributes, FIELD_NAMES.responseModel)
  const isUsageTold = has(attributes, USAGE)
  if (has(attributes, OPERATION_NAME)) {
    return hasModel && (isUsageTold || has(attributes, FIELD_NAMES.responseId))
  }
  return hasModel || (isUsageTold && has(attributes, FIELD_NAMES.provider))
}

/** As the roots that @ai-sdk/otel 1 writes around each `generateText({ prompt })`. */
function isNamedAfterModel(span: OtlpSpan, attributes: Attributes): boolean {
  const model = textOf(attributes, FIELD_NAMES.requestModel, 200)
  if (model === null) return false
  return textOf(attributes, FIELD_NAMES.agentName, 200) === null || span.name.endsWith(` ${model}`)
}

/** Langfuse's wrapper of OpenAI calls every call a generation, `OpenAI.embeddings` too. */
function isNamedEmbedding(span: OtlpSpan, attributes: Attributes): boolean {
  return !has(attributes, OPERATION_NAME) && /(?:^|[\s._-])embeddings?$/i.test(span.name)
}

const WORDS: readonly (readonly [RegExp, Operation])[] = [
  [/embed/, 'embedding'],
  [/rerank/, 'rerank'],
  [/image/, 'image'],
  [/speech|audio|transcri|tts/, 'audio'],
  [/moderat/, 'moderation'],
  [/text_completion/, 'completion'],
]

function operationOfWords(name: string | null): Operation {
  const folded = name?.toLowerCase() ?? ''
  return WORDS.find(([pattern]) => pattern.test(folded))?.[1] ?? 'chat'
}

function has(attributes: Attributes, names: readonly string[]): boolean {
  return firstOf(attributes, names) !== null
}
