import { DIALECT_LABELS } from './dialects/registry'
import type { Attributes } from './schema'
import { textOf } from './span-attributes'
import { isSilent, type UnderstoodSpan } from './understand-span'

/** Spans of one emitter that nobody here could read, in an export. */
export type UnreadSpans = {
  /** `service.name` of its resource, and the name of its scope; empty when it names none. */
  service: string
  scope: string
  reason: 'unknown_operation' | 'unknown_attributes'
  spans: number
  /** Names of some of its attributes, sorted. */
  attributeNames: string[]
}

/** Conventions of other things than calls of models, by the beginning of an attribute's name. */
const OF_OTHERS =
  /^(?:http|url|net|network|server|client|peer|rpc|grpc|db|messaging|faas|aws|azure|gcp|cloud|k8s|container|host|os|process|thread|code|user_agent|service|telemetry|otel|exception|error|event|log|session|user|enduser|browser|next|graphql|redis|express|fastify|koa|nest|component|operation\.name|resource\.name|span)(?:[._]|$)/
const MAX_NAMES = 12
const MAX_NAME_LENGTH = 80
const NAMED_EMITTERS = 3

/**
 * The spans that say nothing we know and are of no other convention (HTTP, databases, …) either, by emitter: perhaps calls
 * of models in words that nobody taught us. Never throws.
 */
export function findUnread(spans: readonly { one: UnderstoodSpan; resource: Attributes }[]): UnreadSpans[] {
  const emitters = new Map<string, UnreadSpans>()
  for (const { one, resource } of spans) {
    if (!isSilent(one)) continue
    const names = [...one.span.attributes.keys()].filter((name) => !OF_OTHERS.test(name))
    if (names.length === 0) continue
    const service = textOf(resource, ['service.name'], 100) ?? ''
    const scope = one.span.scopeName.slice(0, 100)
    const reason = one.span.attributes.has('gen_ai.operation.name')
      ? 'unknown_operation'
      : 'unknown_attributes'
    const key = JSON.stringify([service, scope, reason])
    const known = emitters.get(key) ?? { service, scope, reason, spans: 0, attributeNames: [] }
    known.spans += 1
    if (known.attributeNames.length < MAX_NAMES) {
      const all = new Set([...known.attributeNames, ...names.map((name) => name.slice(0, MAX_NAME_LENGTH))])
      known.attributeNames = [...all].slice(0, MAX_NAMES).sort()
    }
    emitters.set(key, known)
  }
  return [...emitters.values()]
}

/** What an exporter is told when nothing of its export was understood. */
export function describeUnread(unread: readonly UnreadSpans[]): string {
  const spans = unread.reduce((sum, one) => sum + one.spans, 0)
  const named = unread.slice(0, NAMED_EMITTERS).map(({ service, scope, attributeNames }) => {
    const emitter = [service, scope].filter((name) => name !== '').join(' / ') || 'an unnamed emitter'
    return `${emitter} (${attributeNames.join(', ')})`
  })
  return (
    `None of these spans was understood as a call of a model; ${spans} of them are in no dialect that is known here: ` +
    `${named.join('; ')}. Understood are: ${DIALECT_LABELS.join(', ')}.`
  )
}
