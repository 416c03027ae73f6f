import { SPAN_FIELDS } from './dialects/dialect'
import { FIELD_NAMES } from './dialects/registry'
import type { Attributes } from './schema'
import { firstOf, textOf } from './span-attributes'
import { createSpanTree, type SpanTree } from './span-tree'
import { hasUsage, type UnderstoodSpan } from './understand-span'

/** One call of a model, by all spans of the export that tell of it. */
export type RequestSpan = {
  /** Of those the one that knows most, with what it leaves open from the others. */
  call: UnderstoodSpan
  /** The spans as they were given, the one that knows most first. */
  views: readonly UnderstoodSpan[]
  hasAgentSpanAncestor: boolean
}

/** A response's id is told by the provider; shorter ones are somebody's placeholder. */
const LEAST_ID_LENGTH = 8

/**
 * The calls of models among the spans, in order. Counting rules:
 * - A span whose kind is a call counts. One whose kind nobody knows, with a model or usage, counts when no counted span
 *   lies below it. Structure (agents, steps, tools, retrieval) never does, whatever usage it sums up.
 * - Spans of one trace with the same response id are one call, unless the same emitter wrote them one after the other
 *   (a scripted provider has one id for all). So are a call's span and the one call directly below it,
 *   unless their response ids differ or a tool ran between them: a wrapper over an SDK over a gateway. With several
 *   calls below, the one above is structure, unless it alone knows what they used.
 * - A call is an agent's when an agent's span lies above it, or a span that SDKs write around every call and below which
 *   a tool ran or a second call was made.
 * Parents may be missing or come later. Takes time linear in the spans, also for loops of parents.
 */
export function selectRequestSpans(understood: readonly UnderstoodSpan[]): RequestSpan[] {
  const indexOf = new Map(understood.map((one, index) => [one, index]))
  const tree = createSpanTree(understood)
  const groups = groupCalls(understood, tree)
  const agents = belowAgents(groups, tree)
  return groups
    .map(byKnowledge)
    .flatMap((views) => {
      const [first, ...others] = views
      if (first === undefined) return []
      const hasAgentSpanAncestor = views.some((one) => agents.has(one))
      return [
        { call: joinedCall(first, others), views, hasAgentSpanAncestor, index: indexOf.get(first) ?? 0 },
      ]
    })
    .sort((a, b) => a.index - b.index)
}

/** Spans by the call that they tell of; the innermost of a call is the first of its group. */
function groupCalls(all: readonly UnderstoodSpan[], tree: SpanTree): UnderstoodSpan[][] {
  const callsBelow = nearestCallsBelow(tree)
  const groups = new Map<UnderstoodSpan, UnderstoodSpan[]>()
  const byResponse = new Map<string, UnderstoodSpan[][]>()
  const add = (one: UnderstoodSpan, group: UnderstoodSpan[] = []) => {
    group.push(one)
    groups.set(one, group)
    const key = responseKeyOf(one)
    const ofResponse = key === null ? undefined : byResponse.get(key)
    if (key !== null && !ofResponse) byResponse.set(key, [group])
    else if (ofResponse && !ofResponse.includes(group)) ofResponse.push(group)
  }
  const reached = new Set(tree.fromAbove)
  const inLoops = all.filter((one) => !reached.has(one))
  for (const one of [...inLoops, ...[...tree.fromAbove].reverse()]) {
    if (one.candidacy === 'none') continue
    const below = callsBelow.get(one) ?? []
    if (one.candidacy === 'likely' && below.length > 0) continue
    const key = responseKeyOf(one)
    const ofResponse = (key === null ? [] : (byResponse.get(key) ?? [])).find(
      (group) => !group.some((other) => isAfterAnother(one, other)),
    )
    const same = below.filter((other) => isSameCall(one, other))
    const [only] = same
    if (ofResponse) add(one, ofResponse)
    else if (only === undefined) add(one)
    else if (same.length === 1) add(one, groups.get(only))
    else if (hasUsage(one) && !same.some(hasUsage)) {
      for (const member of same.flatMap((other) => groups.get(other) ?? [])) groups.delete(member)
      add(one)
    }
  }
  return [...new Set(groups.values())]
}

/** Of each call those below it that no other call, tool or agent lies between. */
function nearestCallsBelow(tree: SpanTree): Map<UnderstoodSpan, UnderstoodSpan[]> {
  const callAbove = new Map<UnderstoodSpan, UnderstoodSpan | undefined>()
  const below = new Map<UnderstoodSpan, UnderstoodSpan[]>()
  for (const one of tree.fromAbove) {
    const parent = tree.parentOf(one)
    if (parent === undefined || parent.isTool || parent.isAgent) continue
    const above = parent.candidacy === 'none' ? callAbove.get(parent) : parent
    callAbove.set(one, above)
    if (above === undefined || one.candidacy === 'none') continue
    const calls = below.get(above)
    if (calls) calls.push(one)
    else below.set(above, [one])
  }
  return below
}

/** Whether a call's span and one below it may be views of one call. */
function isSameCall(outer: UnderstoodSpan, inner: UnderstoodSpan): boolean {
  if (outer.operation !== inner.operation) return false
  const [own, other] = [responseKeyOf(outer), responseKeyOf(inner)]
  return own === null || other === null || own === other
}

/** Whether the same emitter wrote one after the other had ended. */
function isAfterAnother({ span: one }: UnderstoodSpan, { span: other }: UnderstoodSpan): boolean {
  if (one.scopeName !== other.scopeName || one.endTimeUnixNano === 0n || other.endTimeUnixNano === 0n)
    return false
  return one.startTimeUnixNano >= other.endTimeUnixNano || other.startTimeUnixNano >= one.endTimeUnixNano
}

/** The trace and the provider's id of the response; null without one. */
function responseKeyOf({ span, attributes }: UnderstoodSpan): string | null {
  const id = responseIdOf(attributes)
  return id === null ? null : `${span.traceId}:${id}`
}

/** The provider's id of the response by which views of one call are known as such; null without one. */
export function responseIdOf(attributes: Attributes): string | null {
  const id = textOf(attributes, FIELD_NAMES.responseId, 200)
  return id === null || id.length < LEAST_ID_LENGTH ? null : id
}

/** The spans that lie below an agent. */
function belowAgents(groups: readonly UnderstoodSpan[][], tree: SpanTree): Set<UnderstoodSpan> {
  const calls = new Map<UnderstoodSpan, number>()
  const count = (one: UnderstoodSpan, more: number) => calls.set(one, (calls.get(one) ?? 0) + more)
  for (const [first] of groups) if (first) count(first, 1)
  // A tool that ran says as much as a second call.
  for (const one of tree.fromAbove) if (one.isTool) count(one, 2)
  for (const one of [...tree.fromAbove].reverse()) {
    const parent = tree.parentOf(one)
    if (parent) count(parent, calls.get(one) ?? 0)
  }
  const below = new Set<UnderstoodSpan>()
  for (const one of tree.fromAbove) {
    const parent = tree.parentOf(one)
    if (parent === undefined) continue
    const isAgent = parent.isAgent || (parent.isCallRoot && (calls.get(parent) ?? 0) > 1)
    if (isAgent || below.has(parent)) below.add(one)
  }
  return below
}

/** Those that know most first; of two that know as much the inner one. */
function byKnowledge(group: readonly UnderstoodSpan[]): readonly UnderstoodSpan[] {
  if (group.length < 2) return group
  const known = group.map((one) => ({ one, fields: knownFields(one) }))
  return known.sort((a, b) => b.fields - a.fields).map(({ one }) => one)
}

function knownFields({ span, attributes }: UnderstoodSpan): number {
  const fields = SPAN_FIELDS.filter((field) => firstOf(attributes, FIELD_NAMES[field]) !== null).length
  return fields + (span.statusCode === 0 ? 0 : 1)
}

/** What the first leaves open is filled from the others. */
function joinedCall(first: UnderstoodSpan, others: readonly UnderstoodSpan[]): UnderstoodSpan {
  if (others.length === 0) return first
  const attributes = new Map(first.attributes)
  for (const field of SPAN_FIELDS) {
    const names = FIELD_NAMES[field]
    const [canonical] = names
    if (canonical === undefined || firstOf(attributes, names) !== null) continue
    const told = others.map((other) => firstOf(other.attributes, names)).find((value) => value !== null)
    if (told !== undefined) attributes.set(canonical, told)
  }
  const events = [first, ...others].flatMap(({ span }) => span.events)
  return { ...first, span: { ...first.span, events }, attributes }
}
