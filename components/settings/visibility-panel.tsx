'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { errorMessage } from '@/components/api/error-note'
import { QueryBody } from '@/components/api/query-body'
import { Panel } from '@/components/ui/panel'
import { Switch } from '@/components/ui/switch'
import type { SettingsAnswer } from '@/lib/access/schema'
import { changeSettings, settingsQueryOptions } from './settings-query'

export function VisibilityPanel() {
  const query = useQuery(settingsQueryOptions())
  return (
    <Panel title="Visibility">
      <QueryBody
        query={query}
        skeleton={<span className="skeleton block h-10 w-72" />}
        className="px-4 pb-4 sm:px-5"
      >
        {(settings) => <PublicRankingsSwitch settings={settings} />}
      </QueryBody>
    </Panel>
  )
}

function PublicRankingsSwitch({ settings }: { settings: SettingsAnswer }) {
  const client = useQueryClient()
  const labelId = useId()
  const noteId = useId()
  const change = useMutation({
    mutationFn: changeSettings,
    onSuccess: (answer) => client.setQueryData(settingsQueryOptions().queryKey, answer),
  })
  const isOn = change.isPending ? (change.variables.publicRankings ?? false) : settings.publicRankings
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="min-w-0">
        <div id={labelId} className="font-medium">
          Rankings are readable without signing in
        </div>
        <p id={noteId} className="max-w-prose text-sm text-muted">
          {isOn
            ? 'Anyone who can reach this server sees tokens and requests per model, author, provider and app. Costs stay hidden.'
            : 'Only people who are signed in see the rankings; others are asked to sign in.'}
        </p>
        {change.isError ? (
          <p role="alert" className="mt-1 text-sm text-negative">
            Not changed. {errorMessage(change.error)}
          </p>
        ) : null}
      </div>
      <Switch
        isOn={isOn}
        onChange={(publicRankings) => change.mutate({ publicRankings })}
        labelledBy={labelId}
        describedBy={noteId}
        isDisabled={change.isPending}
      />
    </div>
  )
}
