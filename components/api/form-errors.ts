import { AppError, type FieldError } from '@/lib/platform/errors'
import { errorMessage } from './error-note'

/** What a form says beside its fields and, of what belongs to none of them, once for all. */
export type FormErrors = {
  messageFor: (field: string) => string | undefined
  general: string | null
}

/**
 * Sorts what the form itself found, else what the server answered, to the fields that are on screen. Nothing is lost:
 * a complaint about anything else is shown for the whole form.
 */
export function formErrors({
  found,
  error,
  fields,
}: {
  found: readonly FieldError[]
  error: Error | null
  fields: readonly string[]
}): FormErrors {
  const answered = error instanceof AppError ? (error.details ?? []) : []
  const details = found.length > 0 ? found : answered
  const elsewhere = details.filter(({ path }) => !fields.includes(path))
  const isUnexplained = error !== null && found.length === 0 && answered.length === 0
  return {
    messageFor: (field) => details.find(({ path }) => path === field)?.message,
    general: isUnexplained
      ? errorMessage(error)
      : elsewhere.length > 0
        ? elsewhere.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')
        : null,
  }
}
