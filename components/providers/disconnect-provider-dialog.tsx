'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { errorMessage } from '@/components/api/error-note'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import type { Provider } from '@/lib/catalog/schema'
import { disconnectProvider, providersQueryOptions } from './providers-query'

export function DisconnectProviderDialog({
  provider,
  isOpen,
  onClose,
}: {
  provider: Provider
  isOpen: boolean
  onClose: () => void
}) {
  const router = useRouter()
  const client = useQueryClient()
  const disconnect = useMutation({
    mutationFn: disconnectProvider,
    onSuccess: async () => {
      router.push('/settings')
      await client.invalidateQueries({ queryKey: providersQueryOptions().queryKey })
      await client.invalidateQueries({ queryKey: ['endpoints'] })
    },
  })
  const close = () => {
    disconnect.reset()
    onClose()
  }
  return (
    <Dialog title={`Disconnect ${provider.name}?`} isOpen={isOpen} onClose={close}>
      <p className="text-muted">
        The gateway stops calling it at once, and its address, its key and the settings of its endpoints are
        forgotten. Its numbers stay, under{' '}
        <code className="font-mono text-xs text-foreground">{provider.slug}</code>.
      </p>
      {disconnect.isError ? (
        <Notice tone="negative" role="alert" className="mt-3">
          Not disconnected. {errorMessage(disconnect.error)}
        </Notice>
      ) : null}
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={close}>Keep it</Button>
        <Button
          variant="danger"
          disabled={disconnect.isPending}
          onClick={() => disconnect.mutate(provider.slug)}
        >
          {disconnect.isPending ? 'Disconnecting…' : 'Disconnect'}
        </Button>
      </div>
    </Dialog>
  )
}
