import { z } from 'zod'

/** `limit` of a read contract: a whole number from 1 to `most`. Anything else is refused in words that name both ends. */
export function limitUpTo(most: number) {
  const error = `expected a whole number from 1 to ${most}`
  return z.coerce
    .number(error)
    .refine((limit) => Number.isInteger(limit) && limit >= 1 && limit <= most, error)
}
