import type { RequestRecord, UseCaseSignals } from './request-record'

/** What requests without a use case are counted under; a log that says so says nothing. */
export const NO_USE_CASE = 'unknown'

export const USE_CASE_LIMITS = {
  nameLength: 100,
  patternLength: 200,
  /** Characters of a system prompt that rules look at. */
  promptLength: 20_000,
  rules: 200,
} as const

/** The parts of a request that a rule can look at, in the order in which they are looked at. */
export const USE_CASE_FIELDS = ['app', 'tool', 'systemPrompt'] as const
export type UseCaseField = (typeof USE_CASE_FIELDS)[number]

/** What an operator says: requests like this are for that. Each pattern is null when it is not looked at. */
export type UseCaseRule = Record<UseCaseField, string | null> & { useCase: string; enabled: boolean }

/** What of a request rules are held against. Null = not seen, or none. */
export type UseCaseRequest = { app: string | null } & UseCaseSignals

/** How one pattern of a rule compares: it fits (and what it fitted), it does not, or there is nothing to compare. */
export type FieldFit = {
  field: UseCaseField
  pattern: string
  result: 'fits' | 'differs' | 'not_seen'
  /** The app or the first tool that fitted; null for prompts, which are long. */
  fitted: string | null
}

const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._:/-]*$/u
const PUNCTUATION = '. _ : / -'

/**
 * What is wrong with a name for a use case, in words that go on after the field's name; null when it is fine.
 * `unknown` is not one: it stands for having none.
 */
export function problemOfUseCase(name: string): string | null {
  if (name.length > USE_CASE_LIMITS.nameLength) {
    return `expected at most ${USE_CASE_LIMITS.nameLength} characters`
  }
  if (!NAME.test(name)) {
    return `expected letters, digits, spaces and ${PUNCTUATION}, beginning with a letter or digit`
  }
  return name.toLowerCase() === NO_USE_CASE ? `expected another name: "${NO_USE_CASE}" stands for none` : null
}

/** A rule made ready to be held against many requests. */
export type CompiledUseCaseRule = { useCase: string; patterns: CompiledPattern[] }
type CompiledPattern = { field: UseCaseField; pattern: string; pieces: readonly string[] }

/** The rules that are switched on and have a pattern, in order. */
export function compileUseCaseRules(rules: readonly UseCaseRule[]): CompiledUseCaseRule[] {
  return rules.flatMap((rule) => {
    const compiled = compileUseCaseRule(rule)
    return rule.enabled && compiled.patterns.length > 0 ? [compiled] : []
  })
}

/** One rule, whether it is switched on or not. */
export function compileUseCaseRule(rule: UseCaseRule): CompiledUseCaseRule {
  const patterns = USE_CASE_FIELDS.flatMap((field) => {
    const pattern = rule[field]
    return pattern === null ? [] : [{ field, pattern, pieces: fold(pattern).split('*') }]
  })
  return { useCase: rule.useCase, patterns }
}

/**
 * The use case of the first rule that fits; null when none does. A rule fits when all its patterns do; the pattern of a
 * tool fits when any offered tool has such a name. `*` stands for any text, case and the kind and number of spaces make
 * no difference, and of a system prompt the first 20,000 characters count. What was not seen fits nothing. Each piece of
 * a pattern is searched once from where the one before ended, so the time grows with the text alone.
 */
export function findUseCase(rules: readonly CompiledUseCaseRule[], request: UseCaseRequest): string | null {
  const texts = createTexts(request)
  for (const { useCase, patterns } of rules) {
    if (patterns.every(({ field, pieces }) => texts[field]().some((text) => matches(text, pieces)))) {
      return useCase
    }
  }
  return null
}

/** How each pattern of a rule compares with a request; the rule fits when all do. */
export function explainUseCaseRule(rule: CompiledUseCaseRule, request: UseCaseRequest): FieldFit[] {
  const texts = createTexts(request)
  return rule.patterns.map(({ field, pattern, pieces }) => {
    const seen = texts[field]()
    const index = seen.findIndex((text) => matches(text, pieces))
    const result = index >= 0 ? 'fits' : seen.length > 0 ? 'differs' : 'not_seen'
    return { field, pattern, result, fitted: index >= 0 ? originalOf(request, field, index) : null }
  })
}

/** Whether a rule can fit a request of which only the app was kept. */
export function looksAtAppAlone(rule: Pick<UseCaseRule, UseCaseField>): boolean {
  return rule.app !== null && rule.tool === null && rule.systemPrompt === null
}

/** What rules may look at in a record. */
export function toUseCaseRequest({ app, useCaseSignals }: RequestRecord): UseCaseRequest {
  const { toolNames = null, systemPrompt = null } = useCaseSignals ?? {}
  return { app, toolNames, systemPrompt }
}

/** The texts of each part, folded when they are first needed and then kept. */
function createTexts({ app, toolNames, systemPrompt }: UseCaseRequest): Record<UseCaseField, () => string[]> {
  return {
    app: once(() => foldAll([app])),
    tool: once(() => foldAll(toolNames ?? [])),
    systemPrompt: once(() => foldAll([systemPrompt?.slice(0, USE_CASE_LIMITS.promptLength) ?? null])),
  }
}

function foldAll(texts: readonly (string | null)[]): string[] {
  return texts.map((text) => (text === null ? '' : fold(text))).filter((text) => text !== '')
}

/** Case and white space are no difference that anybody means. */
function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase()
}

function matches(text: string, pieces: readonly string[]): boolean {
  const first = pieces[0] ?? ''
  const last = pieces[pieces.length - 1] ?? ''
  if (pieces.length === 1) return text === first
  if (!text.startsWith(first) || !text.endsWith(last)) return false
  const end = text.length - last.length
  let at = first.length
  for (let index = 1; index < pieces.length - 1; index++) {
    const piece = pieces[index] ?? ''
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return at <= end
}

function originalOf({ app, toolNames }: UseCaseRequest, field: UseCaseField, index: number): string | null {
  switch (field) {
    case 'app':
      return app
    case 'tool':
      return toolNames?.filter((name) => fold(name) !== '')[index] ?? null
    case 'systemPrompt':
      return null
  }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
