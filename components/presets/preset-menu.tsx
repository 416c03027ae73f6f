'use client'

import { Archive, ArchiveRestore, CopyPlus, Download, Power, PowerOff, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { ActionItem, ActionMenu, actionItemClass } from '@/components/ui/action-menu'
import type { Preset, PresetStatus } from '@/lib/presets/schema'
import { savePresetFile } from './save-file'

/** What can be done with a preset as a whole. */
export function PresetMenu({
  preset,
  canEdit,
  onStatus,
  onDelete,
}: {
  preset: Preset
  canEdit: boolean
  onStatus: (status: PresetStatus) => void
  onDelete: () => void
}) {
  const isArchived = preset.status === 'archived'
  return (
    <ActionMenu label={`Actions for ${preset.name}`}>
      {canEdit ? (
        <Link href={`/presets/new?copy=${preset.slug}`} className={actionItemClass}>
          <CopyPlus aria-hidden="true" />
          Duplicate
        </Link>
      ) : null}
      <ActionItem icon={<Download aria-hidden="true" />} onSelect={() => savePresetFile(preset)}>
        Export as JSON
      </ActionItem>
      {canEdit ? <StatusItems status={preset.status} onStatus={onStatus} /> : null}
      {canEdit && isArchived ? (
        <ActionItem icon={<Trash2 aria-hidden="true" />} isDangerous onSelect={onDelete}>
          Delete for good…
        </ActionItem>
      ) : null}
    </ActionMenu>
  )
}

function StatusItems({
  status,
  onStatus,
}: {
  status: PresetStatus
  onStatus: (status: PresetStatus) => void
}) {
  switch (status) {
    case 'archived':
      return (
        <ActionItem icon={<ArchiveRestore aria-hidden="true" />} onSelect={() => onStatus('active')}>
          Restore
        </ActionItem>
      )
    case 'disabled':
    case 'active':
      return (
        <>
          {status === 'active' ? (
            <ActionItem icon={<PowerOff aria-hidden="true" />} onSelect={() => onStatus('disabled')}>
              Switch off
            </ActionItem>
          ) : (
            <ActionItem icon={<Power aria-hidden="true" />} onSelect={() => onStatus('active')}>
              Switch on
            </ActionItem>
          )}
          <ActionItem icon={<Archive aria-hidden="true" />} onSelect={() => onStatus('archived')}>
            Archive
          </ActionItem>
        </>
      )
  }
}
