/** As many lines as a chart can keep apart. */
export const TOP_PROVIDERS = 10
