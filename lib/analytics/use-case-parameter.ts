import { z } from 'zod'
import { USE_CASE_LIMITS } from '../records/use-case'

/** Narrows an answer by model to one use case; `unknown` = the requests without one. */
export const useCaseParameter = z
  .string()
  .min(1, 'expected the name of a use case')
  .max(USE_CASE_LIMITS.nameLength, `expected at most ${USE_CASE_LIMITS.nameLength} characters`)
  .refine((name) => !name.includes('\0'), 'expected text without NUL characters')
  .optional()

/** Models are the only subject that is kept by use case. */
export const USE_CASE_NEEDS_MODEL = { path: ['useCase'], message: 'goes with by=model only' }

/** Whether `useCase`, when given, stands beside the subject it is kept for. */
export function isUseCaseOfModels({ by, useCase }: { by: string; useCase?: string | undefined }): boolean {
  return useCase === undefined || by === 'model'
}
