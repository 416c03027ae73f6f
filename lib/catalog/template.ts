import type { ApiShape, AuthScheme } from '../records/vocabulary'

/** A part of a template's base URL that everybody has their own of. */
export type TemplateParameter = {
  /** As it stands in braces. */
  name: string
  label: string
  example: string
  /** Source of a regular expression for the whole value. */
  pattern: string
  /** What most people have; empty = nobody can guess. */
  value: string
}

export const TEMPLATE_GROUPS = ['labs', 'clouds', 'hosts', 'routers', 'local'] as const
export type TemplateGroup = (typeof TEMPLATE_GROUPS)[number]

/** A well-known provider, to fill the form with. */
export type ProviderTemplate = {
  slug: string
  name: string
  group: TemplateGroup
  /** May hold `{name}` of its parameters, and `{model}`, which stays. */
  baseUrl: string
  parameters: readonly TemplateParameter[]
  apiShape: ApiShape
  /** Null = the shape's own. */
  authScheme: AuthScheme | null
  apiVersion: string | null
  /** Where its models are listed, on the same host; null = where its shape has it. */
  modelListUrl: string | null
  /** False = it has no list that says what may be asked for; the price table's models stand in for it. */
  listsModels: boolean
  /** What the price table's names of its models begin with here, as `google/` at Vertex. */
  modelPrefix: string
  /** Where a key comes from, or what must run first. */
  hint: string
  needsKey: boolean
  /** Other names that people, logs and other routers have for it. */
  aliases: readonly string[]
  /** Where its address and its way of signing in are documented. */
  source: string
}

type Given = Pick<ProviderTemplate, 'slug' | 'name' | 'baseUrl' | 'source'> &
  Partial<ProviderTemplate> & { keyFrom: string }

/** A provider with one address for everybody, which most things follow from. */
export function hosted(group: TemplateGroup, { keyFrom, ...given }: Given): ProviderTemplate {
  return {
    group,
    parameters: [],
    apiShape: 'openai-chat',
    authScheme: null,
    apiVersion: null,
    modelListUrl: null,
    listsModels: true,
    modelPrefix: '',
    hint: `Get a key at ${keyFrom}`,
    needsKey: true,
    aliases: [],
    ...given,
  }
}

/** A template's base URL with the parts that were entered; what was not stays in braces, which no server takes. */
export function fillTemplate(text: string, parts: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{([a-zA-Z]+)\}/g, (braces, name: string) => parts[name]?.trim() || braces)
}

/** The parts that a base URL of this template was filled with; null when it is none of this template's. */
export function partsOf(
  { baseUrl: pattern }: ProviderTemplate,
  baseUrl: string,
): Record<string, string> | null {
  const names: string[] = []
  const pieces = pattern.split(/(\{[a-zA-Z]+\})/).map((piece) => {
    const name = /^\{(.+)\}$/.exec(piece)?.[1]
    if (name === undefined) return piece.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    names.push(name)
    return name === 'model' ? '([^/]+)' : '([^/.]+)'
  })
  const found = new RegExp(`^${pieces.join('')}/?$`, 'i').exec(baseUrl)
  return found && Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? '']))
}

/** What is wrong with an entered part, to say beside its field; null when nothing is. */
export function problemOfPart({ label, example, pattern }: TemplateParameter, value: string): string | null {
  if (new RegExp(`^(?:${pattern})$`).test(value.trim())) return null
  return value.trim() === '' ? `enter the ${label.toLowerCase()}` : `expected something like ${example}`
}
