'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { errorMessage } from '@/components/api/error-note'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
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
  const close = () => {
    revoke.reset()
    onClose()
  }
  return (
    <Dialog title="Revoke this key?" isOpen={apiKey !== null} onClose={close}>
      <p className="text-muted">
        Programs that use <strong className="font-medium text-foreground">{apiKey?.name}</strong> (
        <code className="font-mono text-xs">{apiKey?.prefix}…</code>) are refused from now on. This cannot be
        undone; what they sent stays.
      </p>
      {revoke.isError ? (
        <Notice tone="negative" role="alert" className="mt-3">
          Not revoked. {errorMessage(revoke.error)}
        </Notice>
      ) : null}
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={close}>Keep it</Button>
        <Button
          variant="danger"
          disabled={revoke.isPending}
          onClick={() => apiKey !== null && revoke.mutate(apiKey.id)}
        >
          {revoke.isPending ? 'Revoking…' : 'Revoke the key'}
        </Button>
      </div>
    </Dialog>
  )
}
