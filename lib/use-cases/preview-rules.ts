import {
  compileUseCaseRule,
  explainUseCaseRule,
  findUseCase,
  looksAtAppAlone,
  type UseCaseRequest,
  type UseCaseRule,
} from '../records/use-case'
import type { PreviewUseCaseRulesAnswer, PreviewUseCaseRulesBody } from './schema'

/** Requests of one app among the newest. */
export type AppRequests = { app: string; requests: number; withoutUseCase: number }

type Draft = NonNullable<PreviewUseCaseRulesBody['draft']>
type StoredRule = UseCaseRule & { id: string }

/** A draft needs no name to be tried. */
const UNNAMED_DRAFT = 'this rule'
const SHOWN_APPS = 20

/**
 * Every rule that is switched on, with the draft in the place of the rule it changes, or after all others. A draft is
 * tried even if the rule it changes is switched off.
 */
export function withDraft(rules: readonly StoredRule[], draft: Draft | undefined) {
  const stored = rules.map((rule) => ({ id: rule.id, isDraft: false, rule }))
  const drafted = draft && {
    id: draft.id ?? null,
    isDraft: true,
    rule: { ...draft, useCase: draft.useCase ?? UNNAMED_DRAFT, enabled: true },
  }
  const replaced = stored.map((one) => (drafted && one.id === drafted.id ? drafted : one))
  const isPlaced = drafted === undefined || replaced.includes(drafted)
  return (isPlaced ? replaced : [...replaced, drafted]).filter(({ rule }) => rule.enabled)
}

/** Which rule a request would get its use case from, and how it compares with every one of them. */
export function trySample(
  rules: ReturnType<typeof withDraft>,
  request: UseCaseRequest,
): NonNullable<PreviewUseCaseRulesAnswer['sample']> {
  const tried = rules.map(({ id, isDraft, rule }) => {
    const fields = explainUseCaseRule(compileUseCaseRule(rule), request)
    const fits = fields.length > 0 && fields.every(({ result }) => result === 'fits')
    return { id, isDraft, useCase: rule.useCase, fits, fields }
  })
  const decidedBy = tried.findIndex(({ fits }) => fits)
  return {
    useCase: tried[decidedBy]?.useCase ?? null,
    decidedBy: decidedBy < 0 ? null : decidedBy,
    rules: tried,
  }
}

/** What the app pattern of a draft fits among past requests; null when it has none. */
export function tryPast({
  draft,
  apps,
  requests,
  sinceMs,
}: {
  draft: Draft
  apps: readonly AppRequests[]
  /** Number of requests that were looked at, those without an app among them. */
  requests: number
  sinceMs: number | null
}): PreviewUseCaseRulesAnswer['past'] {
  if (draft.app === null) return null
  const compiled = [
    compileUseCaseRule({ useCase: '', app: draft.app, tool: null, systemPrompt: null, enabled: true }),
  ]
  const fitting = apps
    .filter(({ app }) => findUseCase(compiled, { app, toolNames: null, systemPrompt: null }) !== null)
    .sort((a, b) => b.requests - a.requests || (a.app < b.app ? -1 : 1))
  const total = (count: (row: AppRequests) => number) => fitting.reduce((sum, row) => sum + count(row), 0)
  return {
    requests,
    since: sinceMs === null ? null : new Date(sinceMs).toISOString(),
    isAtMost: !looksAtAppAlone(draft),
    fitting: total((row) => row.requests),
    fittingWithoutUseCase: total((row) => row.withoutUseCase),
    apps: fitting.slice(0, SHOWN_APPS),
    appCount: fitting.length,
  }
}
