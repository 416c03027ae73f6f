import { setTimeout as sleepFor } from 'node:timers/promises'
import { Pool } from 'undici'
import { log } from '../../platform/log.server'
import { drawFor, mixSeed } from '../../platform/random'
import type { RequestIntent } from '../draw-intent'
import { intentsBetween, requestedModel, type TrafficSpan } from '../traffic'
import { type Conversation, continueConversation, startConversation, takeAnswer } from './conversation'
import { type ClientTarget, sendClientRequest } from './send-request.server'
import { writeRequest } from './write-request'

const MINUTE_MS = 60_000
const MOST_SESSIONS = 2000
const MOST_OPEN = 100
/** A request that is this late, since the machine slept or was busy, is not made up for. */
const LATEST_MS = 5_000
const PATIENCE_MS = 180_000
/** Of requests, those whose user goes away in the middle. */
const CANCELLED_RATE = 0.004
const SHORTEST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000

type Session = { conversation: Conversation; pausedUntilMs: number }

/**
 * Plays the world's requests in real time against the gateway at `url` until the signal aborts: each starts at its
 * drawn moment, in its session's conversation, and what it is answered is what the session goes on from. A gateway that
 * refuses or is gone costs the turn; the session waits as long as it was asked to and goes on.
 */
export async function playLiveTraffic({
  stream,
  url,
  apiKey,
  signal,
}: {
  stream: Omit<TrafficSpan, 'toMs'>
  url: string
  apiKey: string
  signal: AbortSignal
}): Promise<void> {
  const base = new URL(url)
  const pool = new Pool(base.origin, { connections: MOST_OPEN, headersTimeout: 0, bodyTimeout: 0 })
  const target = { pool, basePath: `${base.pathname.replace(/\/$/, '')}/api/v1`, apiKey }
  const sessions = new Map<string, Session>()
  const open = new Set<Promise<void>>()
  let { fromMs } = stream
  while (!signal.aborted) {
    const toMs = Math.floor(fromMs / MINUTE_MS) * MINUTE_MS + MINUTE_MS
    for (const intent of intentsBetween({ ...stream, fromMs, toMs })) {
      const waitMs = intent.startedAtMs - Date.now()
      if (waitMs > 0) await sleepFor(waitMs, undefined, { signal })
      if (waitMs < -LATEST_MS || open.size >= MOST_OPEN) continue
      const playing = playTurn({ intent, sessions, target, signal })
        .catch((error: unknown) =>
          log.warn({ err: error, app: intent.app.name }, 'a simulated client failed'),
        )
        .finally(() => open.delete(playing))
      open.add(playing)
    }
    fromMs = toMs
    await sleepFor(Math.max(0, fromMs - Date.now()), undefined, { signal })
  }
}

type TurnInput = {
  intent: RequestIntent
  sessions: Map<string, Session>
  target: ClientTarget
  signal: AbortSignal
}

async function playTurn({ intent, sessions, target, signal }: TurnInput): Promise<void> {
  const seed = seedOf(intent.id)
  const session = sessionOf(sessions, intent)
  if (Date.now() < session.pausedUntilMs) return
  const before = session.conversation
  const { app, isStream, endUser, sessionId } = intent
  const asked = continueConversation({
    conversation: before,
    promptTokens: intent.tokens.promptTokens,
    seed,
  })
  const outcome = await sendClientRequest({
    target,
    shape: app.shape,
    app: app.name,
    useCase: intent.useCase,
    request: writeRequest({
      shape: app.shape,
      conversation: asked,
      model: requestedModel(intent),
      endUser,
      sessionId,
      isStream,
    }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs(seed))]),
  })
  // Two turns of one session at once: whoever is answered first is what it goes on from.
  if (outcome.kind === 'answered' && session.conversation === before)
    session.conversation = takeAnswer(asked, outcome.answer)
  if (outcome.kind === 'refused' && (outcome.status === 429 || outcome.status >= 500)) {
    const pauseMs = outcome.retryAfterMs ?? SHORTEST_PAUSE_MS
    session.pausedUntilMs = Date.now() + Math.min(LONGEST_PAUSE_MS, pauseMs)
  } else if (outcome.kind === 'refused') {
    // A conversation that the gateway does not take will not be taken the next time.
    session.conversation = startConversation(intent, seed)
  }
}

function sessionOf(sessions: Map<string, Session>, intent: RequestIntent): Session {
  const { sessionId } = intent
  const known = sessions.get(sessionId)
  if (known) return known
  const oldest = sessions.keys().next().value
  if (sessions.size >= MOST_SESSIONS && oldest !== undefined) sessions.delete(oldest)
  const conversation = startConversation(intent, seedOf(sessionId))
  const session = { conversation, pausedUntilMs: 0 }
  sessions.set(sessionId, session)
  return session
}

/** A few users do not wait for the end. */
function patienceMs(seed: number): number {
  const draw = drawFor(seed, 61)
  return draw < CANCELLED_RATE ? Math.round(300 + (draw / CANCELLED_RATE) * 3000) : PATIENCE_MS
}

function seedOf(text: string): number {
  let hash = 0
  for (let index = 0; index < text.length; index += 1)
    hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0
  return mixSeed(hash >>> 0)
}
