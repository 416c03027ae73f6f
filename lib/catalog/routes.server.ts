import type { RoutePath } from '../access/route.server'

export const CATALOG_PATHS: readonly RoutePath[] = []
