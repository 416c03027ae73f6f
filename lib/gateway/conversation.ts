import { hash } from 'node:crypto'
import { isObject } from '../platform/json-value'

/** Headers by which clients name their conversation, first come first served; the later ones are harnesses' own. */
export const CONVERSATION_HEADERS = [
  'x-session-id',
  'x-claude-code-session-id',
  'session-id',
  'session_id',
  'x-session-affinity',
] as const

/**
 * How far the first message is looked at, in characters: two that are alike for that long share what a provider keeps
 * of their prompt, whatever comes after (a long document, and questions about it).
 */
const BEGINNING_LENGTH = 8000
/** The same of the system text, which harnesses make much longer. */
const SYSTEM_LENGTH = 16_000

/** A conversation as routing knows it. */
export type Conversation = {
  /** The same for all its requests, and for no others of this key. */
  key: string
  /** The same for all its requests; what endpoints are drawn by. */
  seed: number
}

/**
 * What the client calls the conversation, which is also the record's session: `session_id` in its body, else a header,
 * else the name it gave its cache. Null when it gives none.
 */
export function sessionOf(
  request: { sessionId: string | null; promptCacheKey: string | null },
  caller: { sessionId: string | null },
): string | null {
  return request.sessionId ?? caller.sessionId ?? request.promptCacheKey
}

/**
 * Which conversation a request belongs to: by the name its client gave it, else by its beginning. Conversations of
 * different keys are different. Null without a name and without any message.
 * Source of the rule: openrouter.ai/docs, Prompt Caching, "Provider sticky routing".
 */
export function conversationOf({
  owner,
  named,
  system,
  messages,
}: {
  /** Whose request it is: an id of its API key. */
  owner: string
  named: string | null
  system: unknown
  messages: unknown
}): Conversation | null {
  const told = named === null ? beginningOf({ system, messages }) : `named\n${named}`
  if (told === null) return null
  const digest = hash('sha1', `${owner}\n${told}`, 'hex')
  return { key: digest, seed: Number.parseInt(digest.slice(0, 8), 16) }
}

/**
 * The beginning of the first system text and of the first other message; null when there is no other message. Messages may be of any
 * shape: what they say is read wherever it stands.
 */
function beginningOf({ system, messages }: { system: unknown; messages: unknown }): string | null {
  if (typeof messages === 'string') return textOfBeginning(system, messages)
  if (!Array.isArray(messages)) return null
  const first = messages.find((message) => !isSystem(message))
  if (first === undefined) return null
  const told = isNothing(system) ? messages.find(isSystem) : system
  return textOfBeginning(contentOf(told), contentOf(first))
}

function isSystem(message: unknown): boolean {
  const role = isObject(message) ? message.role : null
  return role === 'system' || role === 'developer'
}

function textOfBeginning(system: unknown, first: unknown): string {
  return `begins\n${stringsOf(system, SYSTEM_LENGTH)}\n\n${stringsOf(first, BEGINNING_LENGTH)}`
}

function isNothing(system: unknown): boolean {
  return system === null || system === undefined || system === ''
}

/** What a message says, without its role and id: chat's and Responses' `content`, Gemini's `parts`. */
function contentOf(message: unknown): unknown {
  return isObject(message) ? (message.content ?? message.parts ?? message) : message
}

/** All texts within a value, in order, up to so many characters. Marks for the cache come and go from turn to turn. */
function stringsOf(value: unknown, length: number): string {
  const stack = [value]
  const texts: string[] = []
  let left = length
  while (stack.length > 0 && left > 0) {
    const next = stack.pop()
    if (typeof next === 'string') {
      texts.push(next.slice(0, left))
      left -= next.length
    } else if (Array.isArray(next)) {
      for (let index = next.length - 1; index >= 0; index--) stack.push(next[index])
    } else if (isObject(next)) {
      const fields = Object.keys(next).filter((name) => name !== 'cache_control')
      for (const name of fields.reverse()) stack.push(next[name])
    }
  }
  return texts.join('\n')
}
