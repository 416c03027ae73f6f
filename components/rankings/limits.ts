/** Entities with a colour of their own in the chart; more cannot be told apart. */
export const CHART_TOP_COUNT = 9

/** Rows shown before “show all”, and so the series asked for: one answer draws the chart and their trends. */
export const FIRST_ROWS = 20
export const USAGE_LIMIT = FIRST_ROWS

/** Most series the usage endpoint gives; rows beyond it have no trend. */
export const ALL_USAGE_LIMIT = 100
