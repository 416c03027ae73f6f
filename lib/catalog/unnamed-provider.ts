/** Logs that name no provider are counted under this row, which nobody can connect (prisma/migrations). */
export const UNNAMED_PROVIDER_ID = 0
export const UNNAMED_PROVIDER_SLUG = 'unknown'
