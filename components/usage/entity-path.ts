import type { UsageSubject } from '@/lib/analytics/subjects'

const UNNAMED = 'unknown'

/**
 * The page of an entity, in the window its reader is looking at (`period`, or `from` and `to`, as in the URL); null where
 * there is none. The one place that knows where names lead.
 */
export function entityPath({
  by,
  key,
  windowSearch = '',
}: {
  by: UsageSubject
  key: string
  /** As `useWindowSearch` gives it. */
  windowSearch?: string
}): `/${string}` | null {
  const search = (parameters: Record<string, string>) => {
    const all = new URLSearchParams([...Object.entries(parameters), ...new URLSearchParams(windowSearch)])
    return all.size === 0 ? '' : `?${all}`
  }
  switch (by) {
    case 'model': {
      const slash = key.indexOf('/')
      if (slash <= 0) return null
      const [author, slug] = [key.slice(0, slash), key.slice(slash + 1)].map(encodeURIComponent)
      return `/models/${author}/${slug}${search({})}`
    }
    case 'provider':
      return key === UNNAMED ? null : `/providers/${encodeURIComponent(key)}${search({})}`
    case 'author':
      return key === UNNAMED ? null : `/models${search({ author: key })}`
    case 'useCase':
      return `/use-cases${search({ useCase: key })}`
    case 'app':
    case 'callerKind':
    case 'operation':
      return null
  }
}
