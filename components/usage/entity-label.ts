import { OTHER_KEY, type UsageSubject } from '@/lib/analytics/subjects'
import { NO_USE_CASE } from '@/lib/records/use-case'

const CALLER_KIND_LABELS: Readonly<Record<string, string>> = {
  agentic: 'Agentic',
  human: 'Human',
  unknown: 'Unknown',
}

/** The name of an entity where only its key is at hand. */
export function entityLabel(by: UsageSubject, key: string): string {
  if (key === OTHER_KEY) return 'Others'
  if (by === 'callerKind') return CALLER_KIND_LABELS[key] ?? key
  if (by === 'model') return key.slice(key.indexOf('/') + 1)
  if (by === 'useCase' && key === NO_USE_CASE) return 'No use case'
  return key
}

/** `author` of a model key `author/slug`; null when the key has none. */
export function authorOfModel(key: string): string | null {
  const slash = key.indexOf('/')
  return slash > 0 ? key.slice(0, slash) : null
}
