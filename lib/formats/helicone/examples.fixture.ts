import { RECORDED } from './recorded.fixture'

/** The manual logger's requests that are of models; the others are of tools and vector databases. */
export const EXAMPLES: readonly unknown[] = RECORDED.slice(0, 6).map(({ body }) => body)
