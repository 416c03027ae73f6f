'use client'

import Link from 'next/link'
import { Swatch } from '@/components/charts/swatch'
import { useWindowSearch } from '@/components/time-window/use-window-search'
import type { UsageSubject } from '@/lib/analytics/subjects'
import { authorOfModel } from './entity-label'
import { entityPath } from './entity-path'
import { Monogram } from './monogram'

/**
 * An entity in a list: monogram, name, what it belongs to, and its colour where a chart shows it. The name leads to the
 * entity's page where it has one.
 */
export function EntityName({
  by,
  entityKey,
  label,
  color,
}: {
  by: UsageSubject
  entityKey: string
  label: string
  color: string | null
}) {
  const author = by === 'model' ? authorOfModel(entityKey) : null
  const name = author !== null && label === entityKey ? entityKey.slice(author.length + 1) : label
  const href = entityPath({ by, key: entityKey, windowSearch: useWindowSearch() })
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Monogram name={author ?? label} />
      <span className="min-w-0">
        <span className="flex items-center gap-1.5">
          <span className="truncate font-medium" title={entityKey}>
            {href ? (
              <Link href={href} prefetch={false} className="hover:underline hover:underline-offset-2">
                {name}
              </Link>
            ) : (
              name
            )}
          </span>
          {color ? <Swatch color={color} /> : null}
        </span>
        {author ? <span className="block truncate text-xs text-muted">{author}</span> : null}
      </span>
    </span>
  )
}
