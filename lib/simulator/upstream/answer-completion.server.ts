import type { IncomingMessage, ServerResponse } from 'node:http'
import { createRandom, logNormal, mixSeed } from '../../platform/random'
import type { SimulatedShape } from '../simulated-shape'
import { readAnthropicRequest } from './anthropic-request'
import { ANTHROPIC_WIRE } from './anthropic-wire'
import { decideFault, drawFaults } from './decide-fault'
import { drawAnswer } from './draw-answer'
import { readOpenaiRequest } from './openai-request'
import { OPENAI_WIRE } from './openai-wire'
import { type Pace, paceStream } from './pace-stream.server'
import { countFault, type ProviderState } from './provider-states'
import { readBody } from './read-body.server'
import type { FaultProfile } from './schema'
import { send, sendError } from './send-answer.server'
import { showFault } from './show-fault.server'
import type { ReadRequest, UpstreamRequest } from './upstream-request'
import type { AnswerFrame, UpstreamError, WireShape } from './wire-shape'

const WIRES = { chat: OPENAI_WIRE, messages: ANTHROPIC_WIRE } as const satisfies Record<
  SimulatedShape,
  WireShape
>
const READERS = { chat: readOpenaiRequest, messages: readAnthropicRequest } as const

/** Bytes of a request that count as one prompt token. */
const BYTES_PER_TOKEN = 4
const SLOW_TOKENS_PER_SECOND = 3

type Exchange = {
  request: IncomingMessage
  response: ServerResponse
  shape: SimulatedShape
  state: ProviderState
}

/** Answers one request for a completion in its shape, or fails it as the provider's profile has drawn. */
export async function answerCompletion({ request, response, shape, state }: Exchange): Promise<void> {
  const wire = WIRES[shape]
  const refuse = (error: UpstreamError) => {
    state.stats.refused += 1
    sendError({ response, wire, error })
  }
  const bytes = await readBody(request)
  if (bytes === null) return refuse({ kind: 'too_large' })
  if (!hasKey(request, state.profile.apiKey)) return refuse({ kind: 'auth' })
  const read = readRequest({ request, shape, bytes })
  if (!read.ok) return refuse({ kind: 'invalid_request', problem: read.problem })
  if (state.profile.models && !state.profile.models.includes(read.request.model))
    return refuse({ kind: 'unknown_model' })
  answer({
    response,
    wire,
    state,
    request: read.request,
    promptTokens: Math.ceil(bytes.length / BYTES_PER_TOKEN),
  })
}

/** Whether the request brings the key the provider wants, as either of the two shapes does; null = it wants none. */
export function hasKey({ headers }: IncomingMessage, apiKey: string | null): boolean {
  return apiKey === null || headers.authorization === `Bearer ${apiKey}` || headers['x-api-key'] === apiKey
}

function readRequest({
  request,
  shape,
  bytes,
}: Pick<Exchange, 'request' | 'shape'> & { bytes: Buffer }): ReadRequest {
  if (shape === 'messages' && request.headers['anthropic-version'] === undefined)
    return { ok: false, problem: { message: 'header is required', field: 'anthropic-version' } }
  let value: unknown
  try {
    value = JSON.parse(bytes.toString())
  } catch {
    return {
      ok: false,
      problem: { message: 'We could not parse the JSON body of your request.', field: null },
    }
  }
  return READERS[shape](value)
}

function answer({
  response,
  wire,
  state,
  request,
  promptTokens,
}: {
  response: ServerResponse
  wire: WireShape
  state: ProviderState
  request: UpstreamRequest
  promptTokens: number
}): void {
  const { profile, stats } = state
  const count = state.count++
  const tracker = trackConnection(response, stats)
  const hasTools = request.tools.length > 0
  const fault = decideFault({
    faults: profile.faults,
    draws: drawFaults({ seed: profile.seed, count }),
    hasTools,
  })
  const drawn = drawAnswer({
    request,
    profile,
    fault: fault.tools,
    promptTokens,
    random: createRandom(mixSeed(profile.seed, 34, count)),
  })
  const { model, wantsUsage, isStream } = request
  const frame: AnswerFrame = { answer: drawn, model, nowMs: Date.now(), provider: state.name, wantsUsage }
  const pace = drawPace({ profile, count, isSlow: fault.request === 'slow_tokens' })
  if (fault.request) countFault(state, fault.request)
  if (fault.request && fault.request !== 'slow_tokens') {
    const { retryAfterSeconds } = profile
    showFault(fault.request, {
      response,
      wire,
      frame,
      isStream,
      pace,
      retryAfterSeconds,
      count,
      onCut: tracker.weCut,
    })
    return
  }
  if (drawn.brokenBy) countFault(state, drawn.brokenBy)
  if (isStream) streamAnswer({ response, wire, frame, pace })
  else sendWhole({ response, wire, frame, pace })
}

function trackConnection(response: ServerResponse, stats: ProviderState['stats']): { weCut: () => void } {
  let didWeCut = false
  stats.requests += 1
  stats.open += 1
  response.once('close', () => {
    stats.open -= 1
    if (!response.writableFinished && !didWeCut) stats.cancelled += 1
  })
  return {
    weCut: () => {
      didWeCut = true
    },
  }
}

function drawPace({
  profile,
  count,
  isSlow,
}: {
  profile: FaultProfile
  count: number
  isSlow: boolean
}): Pace {
  const { timeToFirstTokenMs, tokensPerSecond, jitter, raggedWrites: isRagged } = profile
  const random = createRandom(mixSeed(profile.seed, 35, count))
  const waitMs = timeToFirstTokenMs === 0 ? 0 : logNormal(random, timeToFirstTokenMs, jitter)
  if (isSlow) return { waitMs, tokensPerSecond: SLOW_TOKENS_PER_SECOND, isRagged }
  return {
    waitMs,
    tokensPerSecond: tokensPerSecond === null ? null : logNormal(random, tokensPerSecond, jitter / 2),
    isRagged,
  }
}

type Ready = { response: ServerResponse; wire: WireShape; frame: AnswerFrame; pace: Pace }

function streamAnswer({ response, wire, frame, pace }: Ready): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
  // Real providers send their headers when they have taken the request, not with the first token.
  if (pace.waitMs > 0) response.flushHeaders()
  paceStream({ response, pieces: wire.stream(frame), pace, onEnd: () => response.end() })
}

function sendWhole({ response, wire, frame, pace }: Ready): void {
  const text = JSON.stringify(wire.body(frame))
  const { completionTokens } = frame.answer.usage
  const waitMs =
    pace.waitMs + (pace.tokensPerSecond === null ? 0 : (completionTokens / pace.tokensPerSecond) * 1000)
  if (waitMs <= 0) send(response, 200, 'application/json', text)
  else setTimeout(() => send(response, 200, 'application/json', text), waitMs)
}
