import { namedOperation } from './read-operation'
import type { OtlpSpan } from './schema'
import { textOf } from './span-attributes'

/** A span that is one model request, where it stood in the export, and whether an agent's span lies above it. */
export type RequestSpan = { span: OtlpSpan; index: number; hasAgentSpanAncestor: boolean }

const AGENT_OPERATIONS = new Set(['invoke_agent', 'agent_step'])
const USAGE = [
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.output_tokens',
  'gen_ai.usage.prompt_tokens',
  'gen_ai.usage.completion_tokens',
] as const

/** `sure`: the operation says so. `likely`: it has a model or usage and no operation. */
type Candidacy = 'sure' | 'likely' | 'none'

/**
 * The spans that count as model requests, in order. A span whose operation is a model call counts; one without an
 * operation but with a model, or a system and usage, counts when no counted span lies below it in the export; any
 * other operation (agents, steps, tools, retrieval) is structure, whatever usage it sums up. Parents may be missing
 * or come later. Takes time linear in the spans, also for loops of parents.
 * Source of the operations: `gen_ai.operation.name` in the OpenTelemetry GenAI semantic conventions. That spans above
 * repeat their children's usage, and children arrive first, is what the Vercel AI SDK's own spans do.
 */
export function selectRequestSpans(spans: readonly OtlpSpan[]): RequestSpan[] {
  const byId = new Map<string, OtlpSpan>()
  for (const span of spans) if (span.spanId !== '') byId.set(keyOf(span.traceId, span.spanId), span)
  const candidacies = spans.map(candidacyOf)
  const above = spansAboveCandidates(spans, candidacies, byId)
  const agentAbove = new Map<OtlpSpan, boolean>()
  return spans.flatMap((span, index) => {
    const candidacy = candidacies[index]
    if (candidacy === 'none' || (candidacy === 'likely' && above.has(span))) return []
    return [{ span, index, hasAgentSpanAncestor: isBelowAgent(span, byId, agentAbove) }]
  })
}

function candidacyOf(span: OtlpSpan): Candidacy {
  const { attributes } = span
  const operation = namedOperation(attributes)
  if (operation !== undefined) return operation === null ? 'none' : 'sure'
  if (isAgent(span)) return 'none'
  if (attributes.has('gen_ai.request.model')) return 'likely'
  const hasUsage = USAGE.some((name) => attributes.has(name))
  const hasSystem = attributes.has('gen_ai.system') || attributes.has('gen_ai.provider.name')
  return hasUsage && hasSystem ? 'likely' : 'none'
}

function isAgent({ attributes }: OtlpSpan): boolean {
  const operation = textOf(attributes, ['gen_ai.operation.name'], 100)
  if (operation !== null && AGENT_OPERATIONS.has(operation.toLowerCase())) return true
  const kind = textOf(attributes, ['openinference.span.kind', 'traceloop.span.kind'], 100)
  return kind?.toLowerCase() === 'agent'
}

function spansAboveCandidates(
  spans: readonly OtlpSpan[],
  candidacies: readonly Candidacy[],
  byId: ReadonlyMap<string, OtlpSpan>,
): Set<OtlpSpan> {
  const above = new Set<OtlpSpan>()
  for (const [index, span] of spans.entries()) {
    if (candidacies[index] === 'none') continue
    let parent = parentOf(span, byId)
    // What lies above a marked span has been marked with it, so no span is walked over twice.
    while (parent !== undefined && parent !== span && !above.has(parent)) {
      above.add(parent)
      parent = parentOf(parent, byId)
    }
  }
  return above
}

function isBelowAgent(
  span: OtlpSpan,
  byId: ReadonlyMap<string, OtlpSpan>,
  known: Map<OtlpSpan, boolean>,
): boolean {
  const path: OtlpSpan[] = []
  let at: OtlpSpan | undefined = span
  let answer = false
  while (at !== undefined) {
    const remembered = known.get(at)
    if (remembered !== undefined) {
      answer = remembered
      break
    }
    // Holds while we walk, so that a loop of parents ends here.
    known.set(at, false)
    path.push(at)
    at = parentOf(at, byId)
    if (at !== undefined && isAgent(at)) {
      answer = true
      break
    }
  }
  for (const passed of path) known.set(passed, answer)
  return answer
}

function parentOf(span: OtlpSpan, byId: ReadonlyMap<string, OtlpSpan>): OtlpSpan | undefined {
  return span.parentSpanId === '' ? undefined : byId.get(keyOf(span.traceId, span.parentSpanId))
}

function keyOf(traceId: string, spanId: string): string {
  return `${traceId}:${spanId}`
}
