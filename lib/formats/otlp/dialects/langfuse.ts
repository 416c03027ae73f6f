import type { Attributes, AttributeValue } from '../schema'
import type { Dialect } from './dialect'
import { isRecord, parsed } from './structures'

/**
 * Langfuse's SDKs 4 and 5. Tokens stand in `usage_details`, whose parts (`input_cached_tokens`, …) are counted beside
 * `input` and `output`; an error is told by the level, the span's status stays unset. Sources: langfuse/langfuse,
 * OtelIngestionProcessor; bodies of @langfuse/otel 5.
 */
export const langfuse: Dialect = {
  label: 'Langfuse',
  isSpoken: (attributes) => attributes.has('langfuse.observation.type'),
  kind: {
    name: 'langfuse.observation.type',
    operations: new Map([
      ['generation', 'chat'],
      ['embedding', 'embedding'],
    ]),
    otherwise: null,
    agents: ['agent'],
    tools: ['tool'],
  },
  fields: {
    responseModel: ['langfuse.observation.model.name', 'langfuse.observation.model'],
    sessionId: ['langfuse.session.id'],
    endUser: ['langfuse.user.id'],
  },
  translate,
}

function* translate(attributes: Attributes): Iterable<readonly [string, AttributeValue]> {
  yield* usageOf(parsed(attributes.get('langfuse.observation.usage_details')))
  const cost = parsed(attributes.get('langfuse.observation.cost_details'))
  if (isRecord(cost) && typeof cost.total === 'number') yield ['gen_ai.usage.cost', cost.total]
  const parameters = parsed(attributes.get('langfuse.observation.model.parameters'))
  if (isRecord(parameters)) {
    const tools = parsed(parameters.tools)
    if (Array.isArray(tools)) yield ['gen_ai.tool.definitions', tools]
    if (typeof parameters.stream === 'boolean') yield ['gen_ai.request.stream', parameters.stream]
  }
  const input = parsed(attributes.get('langfuse.observation.input'))
  const messages = isRecord(input) ? input.messages : input
  if (isRecord(input) && Array.isArray(input.tools)) yield ['gen_ai.tool.definitions', input.tools]
  if (Array.isArray(messages)) yield ['gen_ai.input.messages', messages]
  const output = parsed(attributes.get('langfuse.observation.output'))
  if (isRecord(output)) yield ['gen_ai.output.messages', [output]]
  if (String(attributes.get('langfuse.observation.level')).toUpperCase() === 'ERROR') {
    yield ['error.type', '_OTHER']
    yield ['error.message', attributes.get('langfuse.observation.status_message') ?? null]
  }
}

/** The whole prompt and answer are what was counted apart, added up: `total` holds all of it. */
function* usageOf(usage: AttributeValue): Iterable<readonly [string, AttributeValue]> {
  if (!isRecord(usage)) return
  const cached = partOf(usage, CACHED)
  const written = partOf(usage, WRITTEN)
  const reasoning = partOf(usage, REASONING)
  const input =
    numberIn(usage, 'input') ?? numberIn(usage, 'prompt_tokens') ?? numberIn(usage, 'input_tokens')
  const output =
    numberIn(usage, 'output') ?? numberIn(usage, 'completion_tokens') ?? numberIn(usage, 'output_tokens')
  const total = numberIn(usage, 'total')
  const isApart = total === null || total >= (input ?? 0) + (output ?? 0) + (cached ?? 0) + (reasoning ?? 0)
  if (input !== null) {
    yield ['gen_ai.usage.input_tokens', isApart ? input + (cached ?? 0) + (written ?? 0) : input]
  }
  if (output !== null) yield ['gen_ai.usage.output_tokens', isApart ? output + (reasoning ?? 0) : output]
  if (cached !== null) yield ['gen_ai.usage.cache_read.input_tokens', cached]
  if (written !== null) yield ['gen_ai.usage.cache_write.input_tokens', written]
  if (reasoning !== null) yield ['gen_ai.usage.reasoning.output_tokens', reasoning]
}

const CACHED = ['input_cached_tokens', 'cache_read_input_tokens', 'input_cache_read', 'input_cached']
const WRITTEN = ['cache_creation_input_tokens', 'input_cache_creation', 'input_cache_write']
const REASONING = ['output_reasoning_tokens', 'output_reasoning', 'reasoning_tokens']

function partOf(usage: { [key: string]: AttributeValue }, names: readonly string[]): number | null {
  return names.map((name) => numberIn(usage, name)).find((value) => value !== null) ?? null
}

function numberIn(usage: { [key: string]: AttributeValue }, name: string): number | null {
  const value = usage[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
