import { parseWire } from '../platform/wire-json'
import type { AnswerFacts } from '../shapes/answer-facts'
import { answerFromStream } from '../shapes/answer-from-stream'
import { eventsOfText } from '../shapes/events-of-text'
import type { Answer, StreamEvent } from '../shapes/hub'
import { createObserver, factsOfAnswer } from '../shapes/observe'
import { shapeNamed } from '../shapes/registry'
import { type AnswerRestorer, createAnswerRestorer, restoringReader } from '../shapes/rules/restore-answer'
import type { StreamReader } from '../shapes/shape'
import { streamFromAnswer } from '../shapes/stream-from-answer'
import {
  describeCallError,
  fetchUpstream,
  isErrorStatus,
  openUpstream,
  readBeginning,
  readWhole,
  type UpstreamCall,
  type UpstreamResponse,
  type WholeResponse,
} from './call-upstream.server'
import type { Address, Connection, EndpointCandidate } from './candidate'
import { failureOfEmptiness, failureOfFacts, failureOfStatus, failureOfText } from './classify-answer'
import type { AttemptBudget, AttemptFailure, GatewayAttempt } from './exchange'
import type { RefusalAnswer, RequestFitting } from './fit-request'
import type { Held, Judgement } from './judge-answer'
import { createStreamSteps, type ReadStep, type StreamStep } from './read-stream.server'
import { beginAttempt, CLIENT_LEFT, type RunningAttempt } from './running-attempt.server'

export type TryInput = {
  candidate: EndpointCandidate
  connection: Connection
  /** The request, and how it is mended when the endpoint refuses it. */
  fitting: RequestFitting
  isStream: boolean
  passedHeaders: Readonly<Record<string, string>>
  budget: AttemptBudget
  /** Aborted when the client goes away. */
  clientSignal: AbortSignal
  /** How a complete answer is judged before it is handed on. */
  judge: (facts: AnswerFacts) => Judgement
  /** Streams: what is kept back so that it can be objected to; tool calls only until text comes. */
  holds: Held
  /** The facts hold the answer's text. */
  keepsText: boolean
}

/** `failure` of its attempt says why. */
export type FailedTry = { kind: 'failed'; attempt: GatewayAttempt; failure: AttemptFailure }
/** `raw` is the provider's own body; null when it answered by a stream. */
export type WholeAnswer = { kind: 'answer'; attempt: GatewayAttempt; answer: Answer; raw: unknown }
/** A stream whose first token is there. */
export type OpenStream = {
  kind: 'stream'
  attempt: GatewayAttempt
  /** Whether its pieces are events of the provider's shape; a whole answer turned into a stream has none. */
  hasPieces: boolean
  /** What has come so far. */
  first: StreamStep
  /** What comes next; not to be called after `complete` or `broken`. Never rejects. */
  next: ReadStep
  /** Ends the call to the provider. */
  cancel: () => void
}

/** An error answer that may be about a parameter. */
type RefusedTry = { kind: 'refused'; answer: RefusalAnswer; failure: AttemptFailure }

/**
 * Calls one endpoint. A request that it refuses for a parameter that changes nothing about the answer is mended and
 * asked once more, within the same attempt. A stream is handed over when its first token is there, everything else when it is complete;
 * until then every way to fail ends in `failed`, after which another endpoint can be tried. Never rejects.
 */
export async function tryEndpoint(input: TryInput): Promise<FailedTry | WholeAnswer | OpenStream> {
  const running = beginAttempt(input.candidate, input.clientSignal)
  const { fitting } = input
  try {
    for (;;) {
      running.attempt.amendments = fitting.request.amendments
      const tried = input.isStream ? await tryStream(input, running) : await tryWhole(input, running)
      if (tried.kind !== 'refused') return tried
      if (fitting.mend(tried.answer) !== null) continue
      const refusesParameter = fitting.refusesParameter(tried.answer)
      return failed(running, { ...tried.failure, refusesParameter })
    }
  } catch (error) {
    const isAnswering = running.attempt.httpStatus !== null
    return failed(running, describeCallError(error, { endedBy: running.endedBy, isAnswering }))
  }
}

async function tryWhole(
  input: TryInput,
  running: RunningAttempt,
): Promise<FailedTry | RefusedTry | WholeAnswer> {
  const { answerMs } = input.budget
  running.limit(answerMs, `no answer within ${answerMs} ms`)
  const response = await fetchUpstream(callOf(input, running, input.connection.whole), (status) => {
    running.attempt.httpStatus = status
  })
  running.attempt.limitHeaders = response.limitHeaders
  if (isErrorStatus(response.status)) return refused(response)
  if (isEventStream(response)) return readStreamedAnswer(response, input, running)
  const parsed = parseWire(response.text)
  if (parsed === undefined) {
    return failed(running, failureOfText(response.text, response.header('content-type')))
  }
  const raw = restored(parsed, input)
  return takeAnswer({ answer: answerIn(raw, input), raw }, input, running)
}

function takeAnswer(
  { answer, raw }: { answer: Answer; raw: unknown },
  input: TryInput,
  running: RunningAttempt,
): FailedTry | WholeAnswer {
  const facts = factsOfAnswer(answer, input)
  running.attempt.facts = facts
  const failure = failureOfFacts(facts) ?? failureOfEmptiness(facts) ?? judge(facts, input, running)
  if (failure) return failed(running, failure)
  running.end()
  return { kind: 'answer', attempt: running.attempt, answer, raw }
}

/** A provider that streams although nobody asked is read to its end. */
function readStreamedAnswer(
  response: WholeResponse,
  input: TryInput,
  running: RunningAttempt,
): FailedTry | WholeAnswer {
  const reader = restoringReader(readerFor(input), restorerOf(input))
  const events = eventsOfText(response.text, reader)
  return takeAnswer({ answer: answerFromStream(events), raw: null }, input, running)
}

async function tryStream(
  input: TryInput,
  running: RunningAttempt,
): Promise<FailedTry | RefusedTry | OpenStream> {
  const { silenceMs } = input.budget
  running.limit(silenceMs, `no sign of life within ${silenceMs} ms`)
  const response = await openUpstream(callOf(input, running, input.connection.stream))
  running.attempt.httpStatus = response.status
  running.attempt.limitHeaders = response.limitHeaders
  if (isErrorStatus(response.status)) {
    return refused({ ...response, text: await readBeginning(response) })
  }
  return isJson(response)
    ? await streamWholeAnswer(response, input, running)
    : await openStream(response, input, running)
}

function callOf(
  { connection, fitting, passedHeaders }: TryInput,
  running: RunningAttempt,
  address: Address,
): UpstreamCall {
  const { text: body } = fitting.request
  return { connection, address, body, contentType: 'application/json', passedHeaders, running }
}

function refused({ status, header, text }: WholeResponse): RefusedTry {
  const failure = failureOfStatus({ status, text, header, nowMs: Date.now() })
  return { kind: 'refused', answer: { status, text }, failure }
}

/** Null = the provider got every name as the client wrote it. */
function restorerOf({ connection, fitting }: TryInput): AnswerRestorer | null {
  const { toolNames } = fitting.request
  return toolNames && createAnswerRestorer(toolNames, shapeNamed(connection.apiShape).wireRules)
}

/** What the endpoint said, with the tools that the client knows. */
function answerIn(raw: unknown, { connection, fitting }: TryInput): Answer {
  const answer = shapeNamed(connection.apiShape).readAnswer(raw)
  return fitting.restorer?.answer(answer) ?? answer
}

function readerFor({ connection, fitting }: TryInput): StreamReader {
  const reader = shapeNamed(connection.apiShape).createReader()
  return fitting.restorer?.reader(reader) ?? reader
}

function restored(answer: unknown, input: TryInput): unknown {
  return restorerOf(input)?.whole(answer) ?? answer
}

/** A provider that does not know streams answers at once; its answer is told as one. */
async function streamWholeAnswer(
  response: UpstreamResponse,
  input: TryInput,
  running: RunningAttempt,
): Promise<FailedTry | OpenStream> {
  const { answerMs } = input.budget
  running.limit(answerMs, `no answer within ${answerMs} ms`)
  const whole = await readWhole(response)
  const parsed = parseWire(whole.text)
  if (parsed === undefined) return failed(running, failureOfText(whole.text, whole.header('content-type')))
  running.noteToken()
  const raw = restored(parsed, input)
  const answer = answerIn(raw, input)
  const taken = takeAnswer({ answer, raw }, input, running)
  if (taken.kind === 'failed') return taken
  const events: StreamEvent[] = streamFromAnswer(answer)
  const first: StreamStep = {
    pieces: [],
    events,
    hasToken: true,
    hasText: true,
    state: 'complete',
    failure: null,
  }
  const { attempt } = running
  return {
    kind: 'stream',
    attempt,
    hasPieces: false,
    first,
    next: async () => first,
    cancel: () => undefined,
  }
}

async function openStream(
  response: UpstreamResponse,
  input: TryInput,
  running: RunningAttempt,
): Promise<FailedTry | OpenStream> {
  const { silenceMs, answerMs } = input.budget
  const observer = createObserver(input)
  const reader = readerFor(input)
  const step = createStreamSteps({ response, reader, observer, running, restorer: restorerOf(input) })
  const startedAt = performance.now()
  // Signs of life keep a stream open for as long as it takes, but for its first token.
  const alive: ReadStep = () => {
    const isWaiting = running.attempt.timeToFirstTokenMs === null
    const leftMs = isWaiting ? answerMs - (performance.now() - startedAt) : Number.POSITIVE_INFINITY
    if (leftMs < silenceMs) running.limit(Math.max(0, leftMs), `no token within ${answerMs} ms`)
    else running.limit(silenceMs, `no sign of life for ${silenceMs} ms`)
    return step()
  }
  const first = await readUntilOpen(alive, input.holds)
  const facts = observer.facts()
  running.attempt.facts = facts
  const isComplete = first.state === 'complete'
  const failure =
    first.failure ?? (isComplete ? (failureOfEmptiness(facts) ?? judge(facts, input, running)) : null)
  if (failure) return failed(running, first.hasToken ? failure : beforeFirstToken(failure, response))
  const watch = (taken: StreamStep): StreamStep => {
    if (taken.state === 'open') return taken
    running.end()
    running.attempt.facts = observer.facts()
    return { ...taken, failure: taken.failure && afterFirstToken(taken.failure) }
  }
  return {
    kind: 'stream',
    attempt: running.attempt,
    hasPieces: true,
    first: watch(first),
    next: async () => watch(await alive()),
    cancel() {
      running.end(CLIENT_LEFT)
      running.attempt.facts = observer.facts()
    },
  }
}

/** Everything up to the first token; where tool calls are held up to the first text, where the answer is to its end. */
async function readUntilOpen(read: ReadStep, holds: Held): Promise<StreamStep> {
  const isOpen = ({ hasToken, hasText }: StreamStep) =>
    holds === 'nothing' ? hasToken : holds === 'tool_calls' && hasText
  const first = await read()
  while (first.state === 'open' && !isOpen(first)) {
    const { pieces, events, hasToken, hasText, state, failure } = await read()
    first.pieces.push(...pieces)
    first.events.push(...events)
    first.hasToken ||= hasToken
    first.hasText ||= hasText
    Object.assign(first, { state, failure })
  }
  return first
}

function contentTypeOf({ header }: Pick<UpstreamResponse, 'header'>): string {
  return header('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

function isEventStream(response: Pick<UpstreamResponse, 'header'>): boolean {
  return contentTypeOf(response) === 'text/event-stream'
}

function isJson(response: Pick<UpstreamResponse, 'header'>): boolean {
  return /^application\/([\w.-]+\+)?json$/.test(contentTypeOf(response))
}

/** A stream that never got to a token was no stream of tokens at all: a page, an empty body, another content type. */
function beforeFirstToken(failure: AttemptFailure, response: UpstreamResponse): AttemptFailure {
  if (failure.errorClass !== 'mid_stream' || isEventStream(response)) return failure
  const contentType = response.header('content-type') ?? 'no content type'
  return { errorClass: 'bad_response', message: `answered 200 with no event stream (${contentType})` }
}

/** Whatever breaks a stream that has begun, it broke in the middle; unless the client itself left. */
function afterFirstToken(failure: AttemptFailure): AttemptFailure {
  return failure.errorClass === 'cancelled' ? failure : { ...failure, errorClass: 'mid_stream' }
}

/** Notes what the guards found; a failure when they object. */
function judge(facts: AnswerFacts, input: TryInput, { attempt }: RunningAttempt): AttemptFailure | null {
  const { checkedCalls, checkedOutput, objection } = input.judge(facts)
  Object.assign(attempt, { checkedCalls, checkedOutput })
  return objection === null ? null : { errorClass: 'bad_response', message: objection }
}

function failed(running: RunningAttempt, failure: AttemptFailure): FailedTry {
  running.end({ endedBy: 'timeout', message: failure.message })
  running.attempt.failure = failure
  return { kind: 'failed', attempt: running.attempt, failure }
}
