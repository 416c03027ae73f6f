import { AppError } from '../../platform/errors'
import type { ToolSubject } from './tool-subjects'

/** The `not_found` error that says which parameter names something nobody has heard of. */
export function unknownName({ subject, name }: { subject: ToolSubject; name: string }): AppError {
  return new AppError('not_found', `There is no ${subject} called “${name}”.`, {
    details: [{ path: subject, message: `there is no ${subject} called “${name}”` }],
  })
}
