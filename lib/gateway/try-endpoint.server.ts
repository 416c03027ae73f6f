import { parseJson } from '../platform/parse-json'
import type { AnswerFacts } from '../shapes/answer-facts'
import { createMessagesObserver, readMessagesAnswer } from '../shapes/anthropic-messages/observe-messages'
import { createChatObserver, readChatAnswer } from '../shapes/openai-chat/observe-chat'
import {
  describeCallError,
  type EndedBy,
  type Ending,
  fetchUpstream,
  isErrorStatus,
  openUpstream,
  readBeginning,
  type UpstreamResponse,
  type WholeResponse,
} from './call-upstream.server'
import type { Connection } from './candidate'
import { failureOfFacts, failureOfStatus, failureOfText } from './classify-answer'
import { GATEWAY_LIMITS } from './limits'
import { createStreamReader } from './read-stream.server'
import type {
  FailedTry,
  OpenStream,
  StreamPieces,
  TryBudget,
  TryFailure,
  TryMeasures,
  WholeAnswer,
} from './upstream-try'

export type TryInput = {
  connection: Connection
  /** JSON. */
  body: string
  isStream: boolean
  passedHeaders: Readonly<Record<string, string>>
  budget: TryBudget
  /** Aborted when the client goes away. */
  clientSignal: AbortSignal
  /** What speaks against handing a complete answer on, in a sentence; null = nothing. */
  objectionTo: (facts: AnswerFacts) => string | null
  /** Streams: keep tool calls back until the answer is complete or text comes, so that they can be objected to. */
  holdsToolCalls: boolean
}

/**
 * Calls one endpoint once. A stream is handed over when its first token is there, everything else when it is complete;
 * until then every way to fail ends in `failed`, after which another endpoint can be tried. Never rejects.
 */
export async function tryEndpoint(input: TryInput): Promise<FailedTry | WholeAnswer | OpenStream> {
  const call = beginCall(input)
  try {
    return input.isStream ? await tryStream(input, call) : await tryWhole(input, call)
  } catch (error) {
    return failed(
      call,
      describeCallError(error, { ending: call.ending, isAnswering: call.httpStatus !== null }),
    )
  }
}

type Call = {
  ending: Ending
  httpStatus: number | null
  /** Replaces the running time limit. */
  limit: (milliseconds: number, message: string) => void
  noteToken: () => void
  measures: () => TryMeasures
  /** No more limits; with a reason, the call is ended by it. */
  end: (reason?: EndedBy) => void
}

const CLIENT_LEFT: EndedBy = { endedBy: 'client', message: 'the client went away' }

// Methods, since each function that gets its name from a property costs tsx a microsecond, on every request.
function beginCall({ isStream, budget, clientSignal }: TryInput): Call {
  const ending: Ending = { reason: null, onEnded: null }
  const stop = (reason: EndedBy) => {
    if (ending.reason) return
    ending.reason = reason
    ending.onEnded?.()
  }
  const startedAtMs = Date.now()
  const startedAt = performance.now()
  const elapsedMs = () => Math.round(performance.now() - startedAt)
  let timer: NodeJS.Timeout | undefined
  let lastLook: NodeJS.Immediate | undefined
  let timeToFirstTokenMs: number | null = null
  let endedAfterMs: number | null = null
  const leave = () => stop(CLIENT_LEFT)
  const call: Call = {
    ending,
    httpStatus: null,
    limit(milliseconds, message) {
      clearTimeout(timer)
      clearImmediate(lastLook)
      timer = setTimeout(() => {
        // Timers come before sockets: what waited there while this process was held up is read first.
        lastLook = setImmediate(() => stop({ endedBy: 'timeout', message }))
      }, milliseconds)
    },
    noteToken() {
      timeToFirstTokenMs ??= elapsedMs()
    },
    measures() {
      const durationMs = endedAfterMs ?? elapsedMs()
      return { startedAtMs, httpStatus: call.httpStatus, timeToFirstTokenMs, durationMs }
    },
    end(reason) {
      endedAfterMs ??= elapsedMs()
      clearTimeout(timer)
      clearImmediate(lastLook)
      clientSignal.removeEventListener('abort', leave)
      if (reason) stop(reason)
    },
  }
  if (clientSignal.aborted) leave()
  else clientSignal.addEventListener('abort', leave, { once: true })
  const { firstTokenTimeoutMs, answerTimeoutMs } = budget
  if (isStream) call.limit(firstTokenTimeoutMs, `no token within ${firstTokenTimeoutMs} ms`)
  else call.limit(answerTimeoutMs, `no answer within ${answerTimeoutMs} ms`)
  return call
}

async function tryWhole(input: TryInput, call: Call): Promise<FailedTry | WholeAnswer> {
  const response = await fetchUpstream({ ...input, ending: call.ending }, (status) => {
    call.httpStatus = status
  })
  if (isErrorStatus(response.status)) return failed(call, refusal(response))
  const answer = parseJson(response.text)
  if (answer === undefined) return failed(call, failureOfText(response.text, response.header('content-type')))
  const facts =
    input.connection.apiShape === 'openai-chat' ? readChatAnswer(answer) : readMessagesAnswer(answer)
  const failure = failureOfFacts(facts) ?? failureOfObjection(input.objectionTo(facts))
  if (failure) return failed(call, failure, facts)
  call.end()
  return { kind: 'answer', answer, facts, measures: call.measures() }
}

async function tryStream(input: TryInput, call: Call): Promise<FailedTry | OpenStream> {
  const response = await openUpstream({ ...input, ending: call.ending })
  call.httpStatus = response.status
  if (!isErrorStatus(response.status)) return await openStream(response, input, call)
  return failed(call, refusal({ ...response, text: await readBeginning(response) }))
}

function refusal({ status, header, text }: WholeResponse): TryFailure {
  return failureOfStatus({ status, text, retryAfter: header('retry-after'), nowMs: Date.now() })
}

async function openStream(
  response: UpstreamResponse,
  input: TryInput,
  call: Call,
): Promise<FailedTry | OpenStream> {
  const { apiShape } = input.connection
  const observer = apiShape === 'openai-chat' ? createChatObserver() : createMessagesObserver()
  const read = createStreamReader({ response, observer, ending: call.ending, onToken: call.noteToken })
  const first = await readUntilOpen(read, input.holdsToolCalls)
  const objection = first.state === 'complete' ? input.objectionTo(observer.facts()) : null
  const failure = first.failure ?? failureOfObjection(objection)
  if (failure)
    return failed(call, first.hasToken ? failure : beforeFirstToken(failure, response), observer.facts())
  const started = performance.now()
  const watch = (pieces: StreamPieces): StreamPieces => {
    if (pieces.state === 'open') {
      call.limit(GATEWAY_LIMITS.idleTimeoutMs, `nothing came for ${GATEWAY_LIMITS.idleTimeoutMs} ms`)
      return pieces
    }
    call.end()
    return { ...pieces, failure: pieces.failure && afterFirstToken(pieces.failure) }
  }
  return {
    kind: 'stream',
    first: watch(first),
    next: async () => {
      if (performance.now() - started > GATEWAY_LIMITS.longestStreamMs)
        call.limit(0, 'the stream took too long')
      return watch(await read())
    },
    cancel: () => call.end(CLIENT_LEFT),
    facts: observer.facts,
    measures: call.measures,
  }
}

/** Everything up to the first token; with `holdsToolCalls` up to the first text, or the end. */
async function readUntilOpen(
  read: () => Promise<StreamPieces>,
  holdsToolCalls: boolean,
): Promise<StreamPieces> {
  const first = await read()
  while (first.state === 'open' && !(holdsToolCalls ? first.hasText : first.hasToken)) {
    const { parsed, hasToken, hasText, state, failure } = await read()
    first.parsed.push(...parsed)
    first.hasToken ||= hasToken
    first.hasText ||= hasText
    Object.assign(first, { state, failure })
  }
  return first
}

/** A stream that never got to a token was no stream of tokens at all: a page, an empty body, another content type. */
function beforeFirstToken(failure: TryFailure, response: UpstreamResponse): TryFailure {
  if (failure.errorClass !== 'mid_stream') return failure
  const contentType = response.header('content-type') ?? 'no content type'
  if (/^text\/event-stream/i.test(contentType)) return failure
  return { errorClass: 'bad_response', message: `answered 200 with no event stream (${contentType})` }
}

/** Whatever breaks a stream that has begun, it broke in the middle; unless the client itself left. */
function afterFirstToken(failure: TryFailure): TryFailure {
  return failure.errorClass === 'cancelled' ? failure : { ...failure, errorClass: 'mid_stream' }
}

function failureOfObjection(objection: string | null): TryFailure | null {
  return objection === null ? null : { errorClass: 'bad_response', message: objection }
}

function failed(call: Call, failure: TryFailure, facts: AnswerFacts | null = null): FailedTry {
  call.end({ endedBy: 'timeout', message: failure.message })
  return { kind: 'failed', failure, measures: call.measures(), facts }
}
