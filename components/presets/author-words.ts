const KEY_PREFIX = 'key:'

/** Who did something, for people: an e-mail address as it is, an API key (`key:NAME`) by its name. */
export function authorWords(actor: string): string {
  return actor.startsWith(KEY_PREFIX) ? `API key “${actor.slice(KEY_PREFIX.length)}”` : actor
}
