import {
  parseAsBoolean,
  parseAsFloat,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server'
import { SORT_DIRECTIONS } from '@/components/ui/sorting'
import { LAUNCH_GROUPS } from './group-launches'
import { MODEL_SORTS } from './sort-models'

export const MODEL_VIEWS = ['catalogue', 'timeline'] as const

/** What the Models page keeps in the URL beside the window. */
export const modelsParsers = {
  view: parseAsStringLiteral(MODEL_VIEWS).withDefault('catalogue'),
  q: parseAsString.withDefault(''),
  author: parseAsString,
  tools: parseAsBoolean.withDefault(false),
  context: parseAsInteger,
  price: parseAsFloat,
  sort: parseAsStringLiteral(MODEL_SORTS).withDefault('totalTokens'),
  /** Null = the column's own first direction. */
  direction: parseAsStringLiteral(SORT_DIRECTIONS),
  all: parseAsBoolean.withDefault(false),
  /** Of the timeline. */
  by: parseAsStringLiteral(LAUNCH_GROUPS).withDefault('month'),
}
