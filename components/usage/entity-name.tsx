import { Swatch } from '@/components/charts/swatch'
import type { UsageSubject } from '@/lib/analytics/subjects'
import { authorOfModel } from './entity-label'
import { Monogram } from './monogram'

/** An entity in a list: monogram, name, what it belongs to, and its colour where a chart shows it. */
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
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Monogram name={author ?? label} />
      <span className="min-w-0">
        <span className="flex items-center gap-1.5">
          <span className="truncate font-medium" title={entityKey}>
            {name}
          </span>
          {color ? <Swatch color={color} /> : null}
        </span>
        {author ? <span className="block truncate text-xs text-muted">{author}</span> : null}
      </span>
    </span>
  )
}
