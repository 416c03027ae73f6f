'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { ConfirmDialog } from '@/components/api/confirm-dialog'
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
  return (
    <ConfirmDialog
      title={`Disconnect ${provider.name}?`}
      isOpen={isOpen}
      request={disconnect}
      action="Disconnect"
      busyAction="Disconnecting…"
      failure="Not disconnected."
      onConfirm={() => disconnect.mutate(provider.slug)}
      onClose={onClose}
    >
      The gateway stops calling it at once, and its address, its key and the settings of its endpoints are
      forgotten. Its numbers stay, under{' '}
      <code className="font-mono text-xs text-foreground">{provider.slug}</code>.
    </ConfirmDialog>
  )
}
