import { classifyCaller } from '../records/caller-kind'
import { type CheckBudget, createCheckBudget } from '../records/check-budget'
import type { OutputFormat } from '../records/check-structured-output'
import { checkToolCalls, type OfferedTool } from '../records/check-tool-calls'
import { recordId } from '../records/record-id'
import type { Attempt, RecordedStep, RequestRecord } from '../records/request-record'
import { storableText } from '../records/storable-text'
import { systemPromptOf } from '../records/system-prompt'
import { GATEWAY_SOURCE } from '../records/vocabulary'
import { scalePromptParts } from '../shapes/prompt-parts'
import { shapeNamed } from '../shapes/registry'
import { sessionOf } from './conversation'
import { costOf, costOfRequest } from './cost-of-attempt'
import type { FinishedExchange, GatewayAttempt } from './exchange'
import { ANY_TEXT, outputOf } from './judge-answer'
import { callsOfFailure, outputOfFailure } from './judge-failed-generation'
import type { PlanStep } from './plan-schema'
import type { GatewayRequest } from './read-request'

const MAX_PLAN_STEPS = 20
const MAX_TEXT = 200

/** A finished request as the recorder takes it. Checks tool calls and estimates prompt parts, so nobody should wait for it. */
export function toGatewayRecord(finished: FinishedExchange): RequestRecord {
  const { id, startedAtMs, request, caller, attempts } = finished
  const deciding = attempts.at(-1) ?? attempts[0]
  const tools = request.facts.offeredTools ?? []
  // What is no chat cannot say whether it would have used tools.
  const tellsTools = request.operation === 'chat'
  const facts = deciding.facts
  const usage = facts?.usage ?? null
  const format = request.facts.responseFormat ?? ANY_TEXT
  const shared = { deciding, tools, format, startedAtMs, budget: createCheckBudget() }
  const decided = toAttempt(deciding, shared)
  const { finishReason } = decided
  const [first = decided, ...rest] = [
    ...attempts.slice(0, -1).map((attempt) => toAttempt(attempt, shared)),
    decided,
  ]
  return {
    id: recordId({ source: GATEWAY_SOURCE, externalId: id }),
    source: GATEWAY_SOURCE,
    externalId: id,
    startedAtMs,
    operation: request.operation,
    app: caller.app,
    endUser: short(request.endUser),
    sessionId: short(sessionOf(request, caller)),
    requestedModel:
      request.requestedModel === deciding.candidate.model ? null : short(request.requestedModel),
    model: deciding.candidate.model,
    preset: request.preset?.slug ?? null,
    presetVersion: request.preset?.version ?? null,
    useCase: caller.useCase,
    stream: request.isStream,
    ...classifyCaller({
      declared: null,
      hasToolResultsInInput: tellsTools ? request.facts.hasToolResults : null,
      toolsOffered: tellsTools ? tools.length : null,
      finishReason,
      app: caller.app,
      userAgent: caller.userAgent,
      hasAgentSpanAncestor: false,
    }),
    promptTokens: usage?.promptTokens ?? null,
    cachedTokens: usage?.cachedTokens ?? null,
    cacheWriteTokens: usage?.cacheWriteTokens ?? null,
    completionTokens: usage?.completionTokens ?? null,
    reasoningTokens: usage?.reasoningTokens ?? null,
    promptParts: promptPartsOf(request, usage?.promptTokens ?? null),
    ...costOfRequest(attempts, startedAtMs),
    finishReason,
    toolsOffered: tellsTools ? tools.length : null,
    toolCalls: tellsTools ? (decided.toolCalls ?? []) : null,
    attempts: [first, ...rest],
    plan: {
      steps: toSteps(finished.plan.steps, attempts),
      excluded: toSteps(finished.plan.excluded, []),
    },
    useCaseSignals: {
      toolNames: tools.map(({ name }) => name),
      systemPrompt: systemPromptOf({ system: request.facts.system, messages: request.facts.messages }),
    },
  }
}

function toAttempt(
  attempt: GatewayAttempt,
  {
    deciding,
    tools,
    format,
    startedAtMs,
    budget,
  }: {
    deciding: GatewayAttempt
    tools: readonly OfferedTool[]
    format: OutputFormat
    startedAtMs: number
    budget: CheckBudget
  },
): Attempt {
  const { candidate, facts, failure, checkedCalls, checkedOutput } = attempt
  const failedCalls = callsOfFailure(failure, tools)
  const toolCalls = facts === null ? null : (checkedCalls ?? checkToolCalls(facts.toolCalls, tools, budget))
  // What broke off or was refused is no answer that could have a format.
  const output = failure === null && facts !== null ? outputOf(facts, format, budget) : null
  return {
    provider: candidate.provider,
    ...(candidate.model === deciding.candidate.model ? {} : { model: candidate.model }),
    startedAtMs: attempt.startedAtMs,
    httpStatus: attempt.httpStatus,
    errorClass: attempt.failure?.errorClass ?? null,
    timeToFirstTokenMs: attempt.timeToFirstTokenMs,
    durationMs: attempt.durationMs,
    // A call that its provider could not take ended that answer all the same.
    finishReason: failedCalls ? 'tool_calls' : (facts?.finishReason ?? null),
    toolCalls: failedCalls ?? toolCalls,
    structuredOutput: outputOfFailure(failure, format) ?? checkedOutput ?? output,
    costMicroUsd: costOf(attempt, startedAtMs)?.microUsd ?? null,
  }
}

function promptPartsOf({ shape, body }: GatewayRequest, promptTokens: number | null) {
  return promptTokens === null ? null : scalePromptParts(shapeNamed(shape).promptParts(body), promptTokens)
}

function toSteps(steps: readonly PlanStep[], attempts: readonly GatewayAttempt[]): RecordedStep[] {
  return steps.slice(0, MAX_PLAN_STEPS).map(({ model, provider, reasons, endpointId }) => {
    const asked = attempts.find(({ candidate }) => candidate.endpointId === endpointId)
    const amendments = (asked?.amendments ?? []).map((text) => storableText(text, MAX_TEXT))
    return {
      model,
      provider,
      reasons: reasons.map(({ text }) => storableText(text, MAX_TEXT)),
      ...(amendments.length === 0 ? {} : { amendments }),
    }
  })
}

function short(text: string | null): string | null {
  return text === null ? null : storableText(text, MAX_TEXT)
}
