/** Words of the read contracts that pages use too; apart from the schemas, so that browsers need not load zod. */

export const RANKING_SUBJECTS = ['model', 'author', 'provider', 'app', 'useCase'] as const
/** What is ranked. */
export type RankingSubject = (typeof RANKING_SUBJECTS)[number]

export const RANKING_SORTS = ['tokens', 'trending'] as const
export type RankingSort = (typeof RANKING_SORTS)[number]

export const USAGE_SUBJECTS = ['model', 'author', 'provider', 'app', 'useCase', 'callerKind'] as const
export type UsageSubject = (typeof USAGE_SUBJECTS)[number]

/** Key of the usage series that holds everything below the first `limit` keys. */
export const OTHER_KEY = 'other'
