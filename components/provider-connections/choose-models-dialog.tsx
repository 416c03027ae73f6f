'use client'

import { Dialog } from '@/components/ui/dialog'
import type { Provider } from '@/lib/catalog/schema'
import { ModelChooser } from './model-chooser'

/** Connects more of what a provider serves. */
export function ChooseModelsDialog({
  provider,
  isOpen,
  onClose,
}: {
  provider: Provider
  isOpen: boolean
  onClose: () => void
}) {
  return (
    <Dialog title={`Models at ${provider.name}`} isOpen={isOpen} onClose={onClose} size="large">
      <div className="-mx-5 -mb-5">
        <ModelChooser provider={provider} onConnected={onClose} />
      </div>
    </Dialog>
  )
}
