import { PanelBoundary } from '@/components/api/panel-boundary'
import { ProvidersPanel } from '@/components/provider-connections/providers-panel'
import { PageFrame } from '@/components/shell/page-frame'
import { PageHeader } from '@/components/shell/page-header'
import { ApiKeysPanel } from './api-keys-panel'
import { VisibilityPanel } from './visibility-panel'

export function SettingsPage() {
  return (
    <PageFrame>
      <PageHeader title="Settings">Where requests go, what may send, and who may look in.</PageHeader>
      <PanelBoundary>
        <ProvidersPanel />
      </PanelBoundary>
      <PanelBoundary>
        <ApiKeysPanel />
      </PanelBoundary>
      <PanelBoundary>
        <VisibilityPanel />
      </PanelBoundary>
    </PageFrame>
  )
}
