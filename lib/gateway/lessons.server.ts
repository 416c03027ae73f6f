import { keepLessons } from '../catalog/endpoint-lessons.server'
import { log } from '../platform/log.server'
import { processSingleton } from '../platform/process-singleton'
import { currentLessons } from '../shapes/rules/learned-edits'
import type { LearnedEdit } from '../shapes/rules/schema'
import type { Configuration } from './configuration'

/** What was learned and is not stored yet, by endpoint id. */
const unstored = () => processSingleton('gateway-lessons', () => new Map<number, readonly LearnedEdit[]>())

/** What an endpoint taught by refusing that still counts, what this process learned a moment ago included. */
export function lessonsOfEndpoint(
  { connections }: Configuration,
  endpointId: number,
  nowMs: number,
): LearnedEdit[] {
  const stored = connections.get(endpointId)?.lessons ?? []
  const learned = unstored().get(endpointId) ?? []
  return stored.length + learned.length === 0 ? [] : currentLessons([...stored, ...learned], nowMs)
}

/**
 * Remembers what an endpoint's refusals taught: at once for this process, and in the background for all. While the
 * database is away, this process alone knows.
 */
export function rememberLessons(endpointId: number, lessons: readonly LearnedEdit[]): void {
  if (lessons.length === 0) return
  const held = unstored()
  held.set(endpointId, [...(held.get(endpointId) ?? []), ...lessons])
  keepLessons(endpointId, lessons).then(
    () => {
      const rest = (held.get(endpointId) ?? []).filter((lesson) => !lessons.includes(lesson))
      if (rest.length > 0) held.set(endpointId, rest)
      else held.delete(endpointId)
    },
    (error: unknown) => log.warn({ err: error, endpointId }, 'what an endpoint taught could not be stored'),
  )
}
