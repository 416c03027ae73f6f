import { parseAsBoolean, parseAsString } from 'nuqs/server'

/** What the Presets page keeps in the URL. */
export const presetsParsers = {
  q: parseAsString.withDefault(''),
  archived: parseAsBoolean.withDefault(false),
}
