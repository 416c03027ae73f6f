import { isObject } from '../platform/json-value'
import { parseJson } from '../platform/parse-json'
import { createSseParser } from '../platform/sse/parse-sse'
import type { AnswerFacts } from '../shapes/answer-facts'
import type { Usage } from '../shapes/hub'
import { readError } from '../shapes/read-error'
import {
  describeCallError,
  isErrorStatus,
  openUpstream,
  readBeginning,
  readWhole,
  type UpstreamCall,
  type UpstreamResponse,
} from './call-upstream.server'
import { failureOfStatus } from './classify-answer'
import type { AttemptFailure, GatewayAttempt } from './exchange'
import { readOperationUsage } from './operation-usage'
import type { RunningAttempt } from './running-attempt.server'

/** An answer that is handed on as it is: whole JSON, or bytes that go on after this was returned. */
export type OperationAnswer = {
  kind: 'answer'
  attempt: GatewayAttempt
  contentType: string
  body: string | AsyncIterable<Uint8Array>
  /** Called when the bytes are through, or with what broke them off. */
  settle: (failure: AttemptFailure | null) => void
}
export type FailedOperation = { kind: 'failed'; attempt: GatewayAttempt; failure: AttemptFailure }

/** Posts a body to one endpoint once. Until its answer begins, every way to fail ends in `failed`. Never rejects. */
export async function tryOperation(
  call: UpstreamCall,
  { answerMs }: { answerMs: number },
): Promise<OperationAnswer | FailedOperation> {
  const { running } = call
  running.limit(answerMs, `no answer within ${answerMs} ms`)
  try {
    const response = await openUpstream(call)
    running.attempt.httpStatus = response.status
    running.attempt.limitHeaders = response.limitHeaders
    if (isErrorStatus(response.status)) {
      const { status, header } = response
      const text = await readBeginning(response)
      return failed(running, failureOfStatus({ status, text, header, nowMs: Date.now() }))
    }
    const contentType = response.header('content-type') ?? 'application/octet-stream'
    return /\bjson\b/i.test(contentType)
      ? await takeJson(response, contentType, running)
      : takeBytes(response, contentType, running)
  } catch (error) {
    const isAnswering = running.attempt.httpStatus !== null
    return failed(running, describeCallError(error, { endedBy: running.endedBy, isAnswering }))
  }
}

async function takeJson(
  response: UpstreamResponse,
  contentType: string,
  running: RunningAttempt,
): Promise<OperationAnswer | FailedOperation> {
  const { text } = await readWhole(response)
  const body = parseJson(text)
  if (!isObject(body)) {
    return failed(running, {
      errorClass: 'bad_response',
      message: 'answered 200 with what is no JSON object',
    })
  }
  const problem = readError(body.error)
  if (problem) return failed(running, { errorClass: 'bad_response', message: problem.problem })
  running.attempt.facts = factsOf(readOperationUsage(body))
  running.end()
  return answered(running, contentType, text)
}

/** Sound, pictures and streams of completions; of the latter the usage is read as it passes. */
function takeBytes(
  response: UpstreamResponse,
  contentType: string,
  running: RunningAttempt,
): OperationAnswer {
  running.noteToken()
  running.attempt.facts = factsOf(null)
  return answered(
    running,
    contentType,
    /event-stream/i.test(contentType) ? watched(response, running) : response.body,
  )
}

async function* watched(
  { body, mask }: UpstreamResponse,
  { attempt }: RunningAttempt,
): AsyncGenerator<Uint8Array> {
  const parser = createSseParser()
  for await (const bytes of body) {
    for (const { data } of parser.push(bytes)) {
      const usage = data.includes('"usage"') ? readOperationUsage(parseJson(data)) : null
      if (usage) attempt.facts = factsOf(usage)
    }
    yield Buffer.from(mask(Buffer.from(bytes).toString('latin1')), 'latin1')
  }
}

function answered(
  running: RunningAttempt,
  contentType: string,
  body: OperationAnswer['body'],
): OperationAnswer {
  const { attempt } = running
  return {
    kind: 'answer',
    attempt,
    contentType,
    body,
    settle(failure) {
      running.end(failure ? { endedBy: 'client', message: failure.message } : undefined)
      attempt.failure = failure
    },
  }
}

function factsOf(usage: Usage | null): AnswerFacts {
  return {
    usage,
    finishReason: null,
    nativeFinishReason: null,
    toolCalls: [],
    hasOutput: true,
    problem: null,
    problemStatus: null,
  }
}

function failed(running: RunningAttempt, failure: AttemptFailure): FailedOperation {
  running.end({ endedBy: 'timeout', message: failure.message })
  running.attempt.failure = failure
  return { kind: 'failed', attempt: running.attempt, failure }
}
