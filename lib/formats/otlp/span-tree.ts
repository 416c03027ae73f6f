import type { UnderstoodSpan } from './understand-span'

/** The spans of an export by what lies above and below them. */
export type SpanTree = {
  /** The span directly above, where the export has it. */
  parentOf: (one: UnderstoodSpan) => UnderstoodSpan | undefined
  /** Every span that can be reached from above, parents before children; loops of parents cannot. */
  fromAbove: readonly UnderstoodSpan[]
}

/** Takes time linear in the spans. Of two spans with the same id the last one is the parent of those below. */
export function createSpanTree(all: readonly UnderstoodSpan[]): SpanTree {
  const byId = new Map<string, UnderstoodSpan>()
  for (const one of all) if (one.span.spanId !== '') byId.set(keyOf(one.span.traceId, one.span.spanId), one)
  const parentOf = ({ span }: UnderstoodSpan) => {
    const parent = span.parentSpanId === '' ? undefined : byId.get(keyOf(span.traceId, span.parentSpanId))
    return parent?.span === span ? undefined : parent
  }
  const children = new Map<UnderstoodSpan, UnderstoodSpan[]>()
  const fromAbove: UnderstoodSpan[] = []
  for (const one of all) {
    const parent = parentOf(one)
    if (parent === undefined) {
      fromAbove.push(one)
      continue
    }
    const siblings = children.get(parent)
    if (siblings) siblings.push(one)
    else children.set(parent, [one])
  }
  // Grows while it is walked over.
  for (const one of fromAbove) for (const child of children.get(one) ?? []) fromAbove.push(child)
  return { parentOf, fromAbove }
}

function keyOf(traceId: string, spanId: string): string {
  return `${traceId}:${spanId}`
}
