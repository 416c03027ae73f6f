'use client'

import { useQuery } from '@tanstack/react-query'
import { PanelBoundary } from '@/components/api/panel-boundary'
import { ProvidersPanel } from '@/components/provider-connections/providers-panel'
import { providersQueryOptions } from '@/components/provider-connections/providers-query'
import { PageFrame } from '@/components/shell/page-frame'
import { PageHeader } from '@/components/shell/page-header'
import { ApiKeysPanel } from './api-keys-panel'
import { apiKeysQueryOptions } from './api-keys-query'
import { PeoplePanel } from './people-panel'
import { settingsQueryOptions } from './settings-query'
import { usersQueryOptions } from './users-query'
import { VisibilityPanel } from './visibility-panel'

/** How long the lists are is not known ahead, so each panel waits for its place; all are read at once. */
export function SettingsPage() {
  const providers = useQuery(providersQueryOptions())
  const keys = useQuery(apiKeysQueryOptions())
  const users = useQuery(usersQueryOptions())
  useQuery(settingsQueryOptions())
  return (
    <PageFrame>
      <PageHeader title="Settings">Where requests go, what may send, and who may look in.</PageHeader>
      <PanelBoundary>
        <ProvidersPanel />
      </PanelBoundary>
      {providers.isPending ? null : (
        <PanelBoundary>
          <ApiKeysPanel />
        </PanelBoundary>
      )}
      {providers.isPending || keys.isPending ? null : (
        <PanelBoundary>
          <PeoplePanel />
        </PanelBoundary>
      )}
      {providers.isPending || keys.isPending || users.isPending ? null : (
        <PanelBoundary>
          <VisibilityPanel />
        </PanelBoundary>
      )}
    </PageFrame>
  )
}
