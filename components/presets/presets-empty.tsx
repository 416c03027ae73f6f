import { Plus } from 'lucide-react'
import Link from 'next/link'
import { buttonClass } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

/** What a preset is, for whoever has none yet. */
export function PresetsEmpty({ canEdit }: { canEdit: boolean }) {
  return (
    <div className="border-t py-6">
      <EmptyState
        title="No preset yet"
        actions={
          canEdit ? (
            <Link href="/presets/new" className={buttonClass({ variant: 'primary' })}>
              <Plus aria-hidden="true" />
              Create the first preset
            </Link>
          ) : null
        }
      >
        <p>
          A preset is a name for how requests are answered: models, providers and their order, parameters, a
          system prompt, tools. A program asks for{' '}
          <code className="font-mono text-xs whitespace-nowrap">@preset/tool-runner</code> instead of a model;
          you change the preset here, and the same program is answered by another provider, without a new
          deployment.
        </p>
      </EmptyState>
    </div>
  )
}
