/** Rows of a page of requests unless asked otherwise, and at most. */
export const PAGE_ROWS = 50
export const MOST_PAGE_ROWS = 200

/** Rows of an exported file. */
export const MOST_EXPORTED_ROWS = 10_000
