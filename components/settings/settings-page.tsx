import { PanelBoundary } from '@/components/api/panel-boundary'
import { PageFrame } from '@/components/shell/page-frame'
import { PageHeader } from '@/components/shell/page-header'
import { ApiKeysPanel } from './api-keys-panel'
import { VisibilityPanel } from './visibility-panel'

export function SettingsPage() {
  return (
    <PageFrame>
      <PageHeader title="Settings">Who may look in, and what may send.</PageHeader>
      <PanelBoundary>
        <VisibilityPanel />
      </PanelBoundary>
      <PanelBoundary>
        <ApiKeysPanel />
      </PanelBoundary>
    </PageFrame>
  )
}
