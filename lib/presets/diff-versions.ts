import { diffLines } from 'diff'
import type { PresetContent } from './merge-preset'
import { isJsonObject, isSameJson } from './same-json'
import { toolIdentity } from './tool-identity'

/** One field that differs. `before` is absent when it was added, `after` when it was removed. */
export type FieldChange =
  | { path: string; kind: 'added'; after: unknown }
  | { path: string; kind: 'removed'; before: unknown }
  | { path: string; kind: 'changed'; before: unknown; after: unknown }

/** Neighbouring lines that share a fate. */
export type PromptPart = { kind: 'same' | 'added' | 'removed'; lines: string[] }

export type VersionDiff = {
  /** Of the config, by dotted path in the order of the fields; lists are compared whole, tools one by one. */
  fields: FieldChange[]
  /** Null when both have the same system prompt. */
  systemPrompt: PromptPart[] | null
}

/** What changed from one content of a preset to another; both lists empty or null when nothing did. */
export function diffVersions({
  before,
  after,
}: {
  before: PresetContent
  after: PresetContent
}): VersionDiff {
  return {
    fields: diffFields({ path: '', before: asTree(before), after: asTree(after) }),
    systemPrompt: diffPrompts(before.systemPrompt ?? '', after.systemPrompt ?? ''),
  }
}

/** A config in which every tool has a place of its own: `tools.get_weather`. */
function asTree({ config }: PresetContent): Record<string, unknown> {
  const { tools, ...rest } = config
  if (tools === undefined) return rest
  const named = tools.map((tool, index) => [
    toolIdentity(tool)?.replace(/^function /, '') ?? String(index),
    tool,
  ])
  return { ...rest, tools: Object.fromEntries(named) }
}

function diffFields({
  path,
  before,
  after,
}: {
  path: string
  before: Readonly<Record<string, unknown>>
  after: Readonly<Record<string, unknown>>
}): FieldChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((name) =>
    diffValue({ path: path === '' ? name : `${path}.${name}`, before: before[name], after: after[name] }),
  )
}

function diffValue({
  path,
  before,
  after,
}: {
  path: string
  before: unknown
  after: unknown
}): FieldChange[] {
  if (isSameJson(before, after)) return []
  if (isJsonObject(before) && isJsonObject(after)) return diffFields({ path, before, after })
  if (before === undefined)
    return isTree(after) ? diffFields({ path, before: {}, after }) : [{ path, kind: 'added', after }]
  if (after === undefined)
    return isTree(before) ? diffFields({ path, before, after: {} }) : [{ path, kind: 'removed', before }]
  return [{ path, kind: 'changed', before, after }]
}

/** Whether a value that came or went is told apart by its parts: settings are, a whole tool is not. */
function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return isJsonObject(value) && !('type' in value) && Object.keys(value).length > 0
}

function diffPrompts(before: string, after: string): PromptPart[] | null {
  if (before === after) return null
  return diffLines(asLines(before), asLines(after)).map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    lines: value.replace(/\n$/, '').split('\n'),
  }))
}

/** Every line ends in a line break, so that a line added at the end does not change the one before. */
function asLines(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}
