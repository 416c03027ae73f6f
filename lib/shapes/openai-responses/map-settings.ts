import { type JsonObject, objectOf, textOf, withoutUndefined } from '../../platform/json-value'
import type { ReasoningSettings, Request, ResponseFormat } from '../hub'

/**
 * `reasoning` for a provider; undefined when nothing was said. A budget of tokens becomes the effort that other gateways
 * take it for: low up to 4,096, medium up to 12,288, else high. Who asks for thinking itself, and not only for an
 * effort, wants to see it: that is a summary here. "Do not think" is said only in OpenAI's word for it, `none`, since
 * models that never think refuse the field.
 */
export function writeReasoning(reasoning: ReasoningSettings | null): JsonObject | undefined {
  if (reasoning === null) return undefined
  const { effort, maxTokens, isEnabled, isExcluded, summary } = reasoning
  if (effort === 'none') return { effort }
  if (isEnabled === false) return undefined
  const isWanted = (isEnabled === true || maxTokens !== null) && !isExcluded
  const written = withoutUndefined({
    effort: effort ?? effortOfBudget(maxTokens),
    summary: summary ?? (isWanted ? 'auto' : undefined),
  })
  return Object.keys(written).length === 0 ? undefined : written
}

function effortOfBudget(maxTokens: number | null): string | undefined {
  if (maxTokens === null) return undefined
  if (maxTokens <= 4096) return 'low'
  return maxTokens <= 12_288 ? 'medium' : 'high'
}

/** `text.format`; null when it is missing, or one that only this shape knows. */
export function readFormat(text: unknown): ResponseFormat | null {
  const format = objectOf(objectOf(text).format)
  if (format.type === 'text' || format.type === 'json_object') return { type: format.type }
  if (format.type !== 'json_schema') return null
  return {
    type: 'json_schema',
    name: textOf(format.name),
    schema: format.schema,
    strict: typeof format.strict === 'boolean' ? format.strict : null,
    description: textOf(format.description),
  }
}

/** `text` for a provider, which demands a name for each schema; undefined when nothing was said. */
export function writeText({ responseFormat, verbosity }: Pick<Request, 'responseFormat' | 'verbosity'>) {
  if (responseFormat === null && verbosity === null) return undefined
  return withoutUndefined({
    format: responseFormat === null ? undefined : writeFormat(responseFormat),
    verbosity: verbosity ?? undefined,
  })
}

function writeFormat(format: ResponseFormat): JsonObject {
  if (format.type !== 'json_schema') return { type: format.type }
  const { type, name, schema, strict, description } = format
  return withoutUndefined({
    type,
    name: name ?? 'answer',
    schema,
    // As in tools: strict by default would refuse most schemas.
    strict: strict ?? false,
    description: description ?? undefined,
  })
}
