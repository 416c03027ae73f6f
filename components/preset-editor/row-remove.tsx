import { X } from 'lucide-react'
import { Button } from '@/components/ui/button'

/** Takes one row out of a list of the form. */
export function RowRemove({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <Button variant="quiet" size="icon" onClick={onRemove} aria-label={label} title={label}>
      <X aria-hidden="true" />
    </Button>
  )
}
