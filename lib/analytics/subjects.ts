/** Words of the read contracts that pages use too; apart from the schemas, so that browsers need not load zod. */

/** What the Rankings page has a tab for. */
export const RANKED_ENTITIES = ['model', 'author', 'provider', 'app', 'useCase'] as const
export type RankedEntity = (typeof RANKED_ENTITIES)[number]

export const RANKING_SUBJECTS = [...RANKED_ENTITIES, 'operation'] as const
/** What is ranked. */
export type RankingSubject = (typeof RANKING_SUBJECTS)[number]

export const RANKING_SORTS = ['tokens', 'trending'] as const
export type RankingSort = (typeof RANKING_SORTS)[number]

export const USAGE_SUBJECTS = [...RANKING_SUBJECTS, 'callerKind'] as const
export type UsageSubject = (typeof USAGE_SUBJECTS)[number]

/** Key of the usage series that holds everything below the first `limit` keys. */
export const OTHER_KEY = 'other'
