/** How often a stream of `GET /api/live` says, news or not, that what it has told is how things stand. */
export const HEARTBEAT_MS = 10_000

/** A stream that has said nothing for so long is dead: one ping may be late, and one lost with a line that mends itself. */
export const SILENCE_MS = 2.5 * HEARTBEAT_MS
