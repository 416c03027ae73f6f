'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ConfirmDialog } from '@/components/api/confirm-dialog'
import type { ApiKey } from '@/lib/access/schema'
import { apiKeysQueryOptions, revokeApiKey } from './api-keys-query'

export function RevokeKeyDialog({ apiKey, onClose }: { apiKey: ApiKey | null; onClose: () => void }) {
  const client = useQueryClient()
  const revoke = useMutation({
    mutationFn: revokeApiKey,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: apiKeysQueryOptions().queryKey })
      onClose()
    },
  })
  return (
    <ConfirmDialog
      title="Revoke this key?"
      isOpen={apiKey !== null}
      request={revoke}
      action="Revoke the key"
      busyAction="Revoking…"
      failure="Not revoked."
      onConfirm={() => apiKey !== null && revoke.mutate(apiKey.id)}
      onClose={onClose}
    >
      Programs that use <strong className="font-medium text-foreground">{apiKey?.name}</strong> (
      <code className="font-mono text-xs">{apiKey?.prefix}…</code>) are refused from now on. This cannot be
      undone; what they sent stays.
    </ConfirmDialog>
  )
}
