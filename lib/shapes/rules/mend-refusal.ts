import type { JsonObject } from '../../platform/json-value'
import { type Refusal, readRefusals } from './read-refusal'
import type { Edit, TextForm } from './schema'
import { placeOf, plainName, valuesAt } from './wire-paths'
import type { OptionalParameter, WireRules } from './wire-rules'

/** What a refusal teaches of its endpoint. */
export type Lesson = { edit: Edit; said: string }

const REFUSAL_STATUS: ReadonlySet<number> = new Set([400, 422])
/** Efforts of reasoning from least to most. */
const EFFORTS: readonly string[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']
const NAME_FORM: TextForm = { maxLength: 64, extra: '_-' }

/** Whether an answer refuses parameters of this body, so that another endpoint may well take it. */
export function refusesParameter(answer: { status: number; text: string }, body: JsonObject): boolean {
  if (!REFUSAL_STATUS.has(answer.status)) return false
  return readRefusals(answer.text).some(
    ({ objection, name }) =>
      objection === 'role' ||
      objection === 'thinking' ||
      objection === 'call_id' ||
      objection === 'tool_name' ||
      placeOf(body, name) !== null,
  )
}

/**
 * How a refused body can be mended without changing what it means: what its endpoint objects to is renamed, rewritten
 * or left out. Empty when the answer is no refusal of a parameter, or when it objects to one that the answer depends
 * on (tools, formats, messages): that is never left out in silence. `mayDrop` as in `applyEdits`.
 */
export function mendRefusal({
  status,
  text,
  body,
  wire,
  mayDrop,
}: {
  status: number
  /** The body of the answer. */
  text: string
  /** What was sent, in the provider's shape. */
  body: JsonObject
  wire: WireRules
  mayDrop: (parameter: string) => boolean
}): Lesson[] {
  if (!REFUSAL_STATUS.has(status)) return []
  const lessons: Lesson[] = []
  for (const refusal of readRefusals(text)) {
    const edit = mend(refusal, body, wire)
    if (edit === 'nothing') continue
    if (edit === null || (edit.kind === 'drop' && !mayDrop(edit.parameter))) return []
    lessons.push({ edit, said: refusal.said })
  }
  return lessons
}

/** Null = it cannot be mended; `nothing` = it is about nothing that was sent. */
function mend(refusal: Refusal, body: JsonObject, wire: WireRules): Edit | null | 'nothing' {
  switch (refusal.objection) {
    case 'role':
      return mendRole(body, wire)
    case 'thinking':
      return wire.hasThinkingBudget ? { kind: 'adaptive_thinking' } : 'nothing'
    case 'call_id':
      return { kind: 'call_ids', form: callIdForm(refusal.limit) }
    case 'tool_name':
      return { kind: 'tool_names', form: { ...NAME_FORM, maxLength: refusal.limit ?? NAME_FORM.maxLength } }
    default: {
      const place = placeIn(body, refusal.name, wire)
      return place === null ? 'nothing' : mendPlace(refusal, place, body, wire)
    }
  }
}

function mendPlace(refusal: Refusal, place: string, body: JsonObject, wire: WireRules): Edit | null {
  switch (refusal.objection) {
    case 'too_long':
    case 'format':
      return mendText(refusal, place, wire)
    case 'too_large':
      return wire.tokenLimits.includes(place) && refusal.limit !== null && refusal.limit > 0
        ? { kind: 'cap', parameter: place, at: [place], most: refusal.limit }
        : null
    case 'together':
      return mendPair(refusal, place, body, wire)
    case 'value':
      return mendEffort(refusal, place, body, wire) ?? leaveOut(refusal, place, body, wire)
    default:
      return renameLimit(place, body, wire) ?? leaveOut(refusal, place, body, wire)
  }
}

function mendRole(body: JsonObject, wire: WireRules): Edit | 'nothing' {
  const isSent = wire.roles.some((path) => valuesAt(body, path).includes('developer'))
  if (!isSent) return 'nothing'
  return { kind: 'replace', parameter: 'role', at: [...wire.roles], values: { developer: 'system' } }
}

function mendText({ objection, limit }: Refusal, place: string, wire: WireRules): Edit | null {
  if (wire.toolNames.request.includes(place)) {
    return { kind: 'tool_names', form: { ...NAME_FORM, maxLength: limit ?? NAME_FORM.maxLength } }
  }
  if (wire.callIds.includes(place)) {
    const form = objection === 'format' ? { maxLength: limit ?? 40, extra: '_-' } : { extra: null }
    return { kind: 'call_ids', form: { maxLength: limit ?? 40, ...form } }
  }
  if (!wire.opaqueNames.includes(place) || limit === null) return null
  return { kind: 'shorten', parameter: place, at: [place], maxLength: limit }
}

function callIdForm(length: number | null): TextForm {
  return length === null ? { maxLength: 40, extra: '' } : { minLength: length, maxLength: length, extra: '' }
}

/** Of two that exclude each other, temperature and what was named first stay. */
function mendPair({ other }: Refusal, place: string, body: JsonObject, wire: WireRules): Edit | null {
  const second = other === null ? null : placeIn(body, other, wire)
  if (second === null) return null
  const [kept, left] = plainName(second) === 'temperature' ? [second, place] : [place, second]
  const parameter = optionalAt(left, body, wire)
  return parameter === null
    ? null
    : { kind: 'drop', parameter: parameter.name, at: [...parameter.at], beside: kept }
}

/** The nearest effort that the model knows. */
function mendEffort({ supported }: Refusal, place: string, body: JsonObject, wire: WireRules): Edit | null {
  const [sent] = valuesAt(body, place)
  if (!wire.efforts.includes(place) || typeof sent !== 'string' || !EFFORTS.includes(sent)) return null
  const wanted = EFFORTS.indexOf(sent)
  const known = EFFORTS.map((effort, rank) => ({ effort, distance: Math.abs(rank - wanted) }))
    .filter(({ effort }) => effort !== sent && supported.includes(effort))
    .sort((a, b) => a.distance - b.distance)
  const [nearest] = known
  return nearest === undefined
    ? null
    : { kind: 'replace', parameter: place, at: [place], values: { [sent]: nearest.effort } }
}

/** A limit on tokens goes by its other name; without one it stays, since nobody asked for an answer without end. */
function renameLimit(place: string, body: JsonObject, wire: WireRules): Edit | null {
  const to = wire.tokenLimits.find((name) => name !== place)
  if (!wire.tokenLimits.includes(place) || to === undefined || valuesAt(body, place).length === 0) return null
  return { kind: 'rename', parameter: place, to }
}

function leaveOut({ objection }: Refusal, place: string, body: JsonObject, wire: WireRules): Edit | null {
  const parameter = optionalAt(place, body, wire)
  if (parameter !== null) return { kind: 'drop', parameter: parameter.name, at: [...parameter.at] }
  if (objection !== 'unknown') return null
  const dot = place.lastIndexOf('.')
  const essential = wire.essential[dot === -1 ? '' : place.slice(0, dot)]
  const field = place.slice(dot + 1)
  if (essential === undefined || essential.includes(field)) return null
  return { kind: 'drop', parameter: place, at: [place] }
}

/** The place itself, or where an optional parameter of that name stands in this body. */
function placeIn(body: JsonObject, said: string, wire: WireRules): string | null {
  const place = placeOf(body, said)
  if (place !== null) return place
  const last = plainName(said.match(/[A-Za-z_$][\w$-]*/g)?.at(-1) ?? '')
  const places = wire.optional.flatMap(({ at }) => at)
  const isMeant = (path: string) => plainName(path.slice(path.lastIndexOf('.') + 1)) === last
  return places.find((path) => isMeant(path) && valuesAt(body, path).length > 0) ?? null
}

function optionalAt(place: string, body: JsonObject, wire: WireRules): OptionalParameter | null {
  return (
    wire.optional.find(
      ({ at, only }) =>
        at.includes(place) && (only === undefined || valuesAt(body, place).every((value) => value === only)),
    ) ?? null
  )
}
