import { parseAsArrayOf, parseAsInteger, parseAsString } from 'nuqs/server'

/** What the Trials page keeps in the URL: the preset in the form, and the two trials side by side. */
export const trialsParsers = {
  preset: parseAsString.withDefault(''),
  compare: parseAsArrayOf(parseAsString).withDefault([]),
}

/** What the page of one trial keeps in the URL: the call that is open. */
export const trialParsers = { call: parseAsInteger }
