import { Check, Minus, X } from 'lucide-react'
import type { FieldFit } from '@/lib/records/use-case'
import { FIELD_NAMES } from './field-names'

/** How one pattern of a rule compares with a request. */
export function FieldLine({ fit }: { fit: FieldFit }) {
  const Icon = fit.result === 'fits' ? Check : fit.result === 'differs' ? X : Minus
  return (
    <span className="flex items-start gap-1.5 text-xs text-muted">
      <Icon
        aria-hidden="true"
        className={`mt-0.5 size-3.5 shrink-0 ${fit.result === 'fits' ? 'text-positive' : ''}`}
      />
      <span className="min-w-0 break-words">
        {FIELD_NAMES[fit.field]} <span className="font-mono text-foreground">{fit.pattern}</span>{' '}
        {wordsFor(fit)}
      </span>
    </span>
  )
}

function wordsFor({ field, result, fitted }: FieldFit): string {
  switch (result) {
    case 'fits':
      return fitted === null ? 'fits' : `fits ${fitted}`
    case 'differs':
      return field === 'tool' ? 'fits none of the tools' : 'does not fit'
    case 'not_seen':
      return 'has nothing to be held against'
  }
}
