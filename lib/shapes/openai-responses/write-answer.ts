import type { JsonObject } from '../../platform/json-value'
import type { Answer, ForeignPart, OutputPart } from '../hub'
import type { BlockStep } from '../sequence-blocks'
import type { WriterOptions } from '../shape'
import { statusOfFinish } from './answer-status'
import { RESPONSES } from './item-name'
import { frameOf, responseOf } from './response-frame'
import { writeUsage } from './token-usage'
import { createOutputWriter, seedOf } from './write-output'

/** A whole answer as a `response`, its items as a stream would have made them. Source: Response of OpenAI's reference. */
export function writeResponsesAnswer(answer: Answer, options: WriterOptions): JsonObject {
  const { problem, finishReason, parts, usage, serviceTier } = answer
  const status = statusOfFinish(finishReason)
  return responseOf(frameOf(options), {
    status: problem === null ? status : { status: 'failed', incompleteReason: null },
    output: itemsOf(parts, { seed: seedOf(options.identity.id), isCut: status.status === 'incomplete' }),
    end: {
      usage: writeUsage(usage),
      serviceTier,
      error: problem && { code: problem.code ?? 'server_error', message: problem.message },
    },
  })
}

function itemsOf(
  parts: readonly OutputPart[],
  { seed, isCut }: { seed: string; isCut: boolean },
): readonly JsonObject[] {
  const output = createOutputWriter(seed)
  for (const [position, part] of parts.entries()) {
    if (part.type !== 'foreign') output.take(stepsOf(part, position), isCut && position === parts.length - 1)
    else if (part.shape === RESPONSES) output.whole(part.value)
  }
  output.end(isCut)
  return output.items()
}

function stepsOf(part: Exclude<OutputPart, ForeignPart>, position: number): BlockStep[] {
  const text = part.type === 'tool_call' ? part.arguments : 'text' in part ? part.text : ''
  return [
    { type: 'start', position, part: withoutText(part) },
    ...(text === '' ? [] : [{ type: 'piece' as const, position, kind: part.type, text }]),
    ...(part.type === 'text'
      ? [{ type: 'annotations' as const, position, annotations: part.annotations }]
      : []),
    { type: 'stop', position, part },
  ]
}

function withoutText<Part extends Exclude<OutputPart, ForeignPart>>(part: Part): Part {
  if (part.type === 'tool_call') return { ...part, arguments: '' }
  return 'text' in part ? { ...part, text: '' } : part
}
