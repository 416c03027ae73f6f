'use client'

import { Plus } from 'lucide-react'
import Link from 'next/link'
import { PanelBoundary } from '@/components/api/panel-boundary'
import { PageFrame } from '@/components/shell/page-frame'
import { PageHeader } from '@/components/shell/page-header'
import { buttonClass } from '@/components/ui/button'
import { ImportPresetButton } from './import-preset-button'
import { PresetsPanel } from './presets-panel'

export function PresetsPage({ canEdit }: { canEdit: boolean }) {
  return (
    <PageFrame>
      <PageHeader
        title="Presets"
        actions={
          canEdit ? (
            <div className="flex gap-2">
              <ImportPresetButton />
              <Link href="/presets/new" className={buttonClass({ variant: 'primary' })}>
                <Plus aria-hidden="true" />
                New preset
              </Link>
            </div>
          ) : null
        }
      >
        Names for how requests are answered. Change one here, and the programs that use it go to another
        provider.
      </PageHeader>
      <PanelBoundary>
        <PresetsPanel canEdit={canEdit} />
      </PanelBoundary>
    </PageFrame>
  )
}
