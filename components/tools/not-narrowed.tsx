import { SUBJECTS } from '@/components/rankings/subjects'
import type { ToolsFilter } from './tools-filter'

/** Beside the window of a panel whose numbers are everybody's, whatever the page is narrowed to. */
export function NotNarrowed({ filter }: { filter: ToolsFilter }) {
  if (filter === null) return null
  return (
    <>
      ; not narrowed to {SUBJECTS[filter.by].one} {filter.name}
    </>
  )
}
