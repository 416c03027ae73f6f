import type { RoutePath } from '../access/route.server'

export const TRIAL_PATHS: readonly RoutePath[] = []
