import type { JsonObject } from '../../platform/json-value'
import { withAdaptiveThinking } from '../anthropic-messages/adaptive-thinking'
import { describeEdit } from './describe-edit'
import { fits, fitText, hashOf } from './fit-text'
import type { Edit, TextForm } from './schema'
import { mapAt, valuesAt } from './wire-paths'
import type { WireRules } from './wire-rules'

/** A body as its provider takes it. */
export type FittedBody = {
  body: JsonObject
  /** Those edits that changed something, in order. */
  made: Edit[]
  /** The client's names of tools by the provider's; null = all are as the client wrote them. */
  toolNames: ReadonlyMap<string, string> | null
}

/**
 * Makes the edits in a request that is written in its provider's shape. `mayDrop` = whether a parameter may be left
 * out, which a client can forbid; renaming and rewriting are always allowed. Never throws.
 */
export function applyEdits(
  body: JsonObject,
  edits: readonly Edit[],
  { wire, mayDrop }: { wire: WireRules; mayDrop: (parameter: string) => boolean },
): FittedBody {
  const fitted: FittedBody = { body, made: [], toolNames: null }
  for (const edit of edits) {
    const before = fitted.body
    if (edit.kind === 'tool_names') fitToolNames(fitted, edit.form, wire)
    else fitted.body = edited(before, edit, wire, mayDrop)
    if (fitted.body !== before) fitted.made.push(edit)
  }
  return fitted
}

function edited(
  body: JsonObject,
  edit: Exclude<Edit, { kind: 'tool_names' }>,
  wire: WireRules,
  mayDrop: (parameter: string) => boolean,
): JsonObject {
  switch (edit.kind) {
    case 'drop':
      return mayDrop(edit.parameter) ? dropped(body, edit) : body
    case 'rename':
      return renamed(body, edit)
    case 'replace':
      return mapText(body, edit.at, (text) =>
        Object.hasOwn(edit.values, text) ? (edit.values[text] ?? text) : text,
      )
    case 'shorten':
      return mapText(body, edit.at, (text) =>
        text.length > edit.maxLength ? hashOf(text, edit.maxLength) : text,
      )
    case 'cap':
      return edit.at.reduce(
        (rest, path) =>
          mapAt(rest, path, (value) => (typeof value === 'number' && value > edit.most ? edit.most : value)),
        body,
      )
    case 'call_ids':
      return mapText(body, wire.callIds, (id) => fitText(id, edit.form))
    case 'adaptive_thinking':
      return withAdaptiveThinking(body, edit.display)
  }
}

function dropped(body: JsonObject, { at, unless, beside }: Extract<Edit, { kind: 'drop' }>): JsonObject {
  if (beside !== undefined && valuesAt(body, beside).length === 0) return body
  return at.reduce(
    (rest, path) =>
      mapAt(rest, path, (value) => (unless !== undefined && value === unless ? value : undefined)),
    body,
  )
}

/** Never both names: the one that the provider knows wins. */
function renamed(body: JsonObject, { parameter, to }: Extract<Edit, { kind: 'rename' }>): JsonObject {
  if (!Object.hasOwn(body, parameter)) return body
  const { [parameter]: value, ...rest } = body
  return { ...rest, [to]: rest[to] ?? value }
}

function fitToolNames(fitted: FittedBody, form: TextForm, wire: WireRules): void {
  const names = new Set(
    wire.toolNames.request.flatMap((path) => valuesAt(fitted.body, path)).filter((name) => isText(name)),
  )
  const written = new Map<string, string>()
  for (const name of names) {
    if (fits(name, form)) continue
    let other = fitText(name, form)
    // Two names of one request never become one.
    for (let count = 2; names.has(other) || [...written.values()].includes(other); count += 1) {
      other = fitText(`${name}\n${count}`, form)
    }
    written.set(name, other)
  }
  if (written.size === 0) return
  const rename = (name: string) => written.get(name) ?? name
  fitted.body = mapText(fitted.body, [...wire.toolNames.request, ...wire.toolNames.mentions], rename)
  const before = fitted.toolNames
  fitted.toolNames = new Map([
    ...(before ?? []),
    ...[...written].map(([name, other]) => [other, before?.get(name) ?? name] as const),
  ])
}

/** An answer, or an event of a stream, with the client's own names of tools; the same object when it names none. */
export function restoreToolNames(
  answer: JsonObject,
  names: ReadonlyMap<string, string>,
  wire: WireRules,
): JsonObject {
  return mapText(answer, wire.toolNames.answer, (name) => names.get(name) ?? name)
}

/** The edits that changed a body, in words. */
export function describeEdits(edits: readonly Edit[]): string[] {
  return edits.map(describeEdit)
}

function mapText(body: JsonObject, paths: readonly string[], map: (text: string) => string): JsonObject {
  return paths.reduce(
    (rest, path) => mapAt(rest, path, (value) => (isText(value) ? map(value) : value)),
    body,
  )
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
