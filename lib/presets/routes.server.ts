import type { RoutePath } from '../access/route.server'

export const PRESET_PATHS: readonly RoutePath[] = []
