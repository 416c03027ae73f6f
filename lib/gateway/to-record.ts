import { estimateCostMicroUsd } from '../catalog/price'
import { objectsOf } from '../platform/json-value'
import { classifyCaller } from '../records/caller-kind'
import { checkToolCalls, type OfferedTool, readOfferedTools } from '../records/check-tool-calls'
import { usdToMicroUsd } from '../records/cost'
import { recordId } from '../records/record-id'
import type { Attempt, RecordedStep, RequestRecord, ToolCall } from '../records/request-record'
import { storableText } from '../records/storable-text'
import { systemPromptOf } from '../records/system-prompt'
import { type CostSource, type ErrorClass, GATEWAY_SOURCE } from '../records/vocabulary'
import type { AnswerFacts } from '../shapes/answer-facts'
import { estimatePromptParts, scalePromptParts } from '../shapes/prompt-parts'
import type { EndpointCandidate } from './candidate'
import { endpointCostMicroUsd } from './endpoint-price'
import type { Plan, PlanStep } from './plan-schema'
import type { GatewayRequest } from './read-request'
import type { TryMeasures } from './upstream-try'

/** One try as the gateway saw it end. */
export type GatewayAttempt = {
  candidate: EndpointCandidate
  measures: TryMeasures
  /** Null = ok. */
  errorClass: ErrorClass | null
  /** Null = nothing of an answer was seen. */
  facts: AnswerFacts | null
  /** Its tool calls, when the guard has already checked them. */
  checkedCalls?: ToolCall[] | null
}

/** Who sent the request, by its headers. */
export type CallerHeaders = {
  app: string | null
  userAgent: string | null
  sessionId: string | null
  useCase: string | null
}

export type FinishedRequest = {
  id: string
  startedAtMs: number
  request: GatewayRequest
  caller: CallerHeaders
  plan: Plan
  /** In order; the last one decided the request. */
  attempts: readonly [GatewayAttempt, ...GatewayAttempt[]]
}

const MAX_PLAN_STEPS = 20
const MAX_TEXT = 200

/** A finished request as the recorder takes it. Checks tool calls and estimates prompt parts, so nobody should wait for it. */
export function toGatewayRecord(finished: FinishedRequest): RequestRecord {
  const { id, startedAtMs, request, caller, attempts } = finished
  const deciding = attempts.at(-1) ?? attempts[0]
  const tools = offeredTools(request.body)
  const facts = deciding.facts
  const usage = facts?.usage ?? null
  const finishReason = facts?.finishReason ?? null
  const decided = toAttempt(deciding, { deciding, tools, startedAtMs })
  const [first = decided, ...rest] = [
    ...attempts.slice(0, -1).map((attempt) => toAttempt(attempt, { deciding, tools, startedAtMs })),
    decided,
  ]
  return {
    id: recordId({ source: GATEWAY_SOURCE, externalId: id }),
    source: GATEWAY_SOURCE,
    externalId: id,
    startedAtMs,
    operation: 'chat',
    app: caller.app,
    endUser: short(request.endUser),
    sessionId: short(request.sessionId ?? caller.sessionId),
    requestedModel:
      request.requestedModel === deciding.candidate.model ? null : short(request.requestedModel),
    model: deciding.candidate.model,
    preset: request.preset?.slug ?? null,
    presetVersion: request.preset?.version ?? null,
    useCase: caller.useCase,
    stream: request.isStream,
    ...classifyCaller({
      declared: null,
      hasToolResultsInInput: hasToolResults(request),
      toolsOffered: tools.length,
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
    toolsOffered: tools.length,
    toolCalls: decided.toolCalls ?? [],
    attempts: [first, ...rest],
    plan: { steps: toSteps(finished.plan.steps), excluded: toSteps(finished.plan.excluded) },
    useCaseSignals: {
      toolNames: tools.map(({ name }) => name),
      systemPrompt: systemPromptOf({ system: request.body.system, messages: request.body.messages }),
    },
  }
}

/** The tools a request offers in either shape; what cannot be read offers none. */
export function offeredTools(body: Record<string, unknown>): OfferedTool[] {
  return readOfferedTools(body.tools ?? body.functions) ?? []
}

/**
 * What a try cost in micro-USD and who says so: the provider, else the endpoint's own price, else the price table.
 * Null when nobody knows.
 */
export function costOf(
  { candidate, facts }: Pick<GatewayAttempt, 'candidate' | 'facts'>,
  startedAtMs: number,
): { microUsd: number; source: CostSource } | null {
  const usage = facts?.usage
  if (!usage) return null
  if (usage.reportedCostUsd !== null)
    return { microUsd: usdToMicroUsd(usage.reportedCostUsd), source: 'reported' }
  const { model, provider } = candidate
  const microUsd =
    endpointCostMicroUsd(candidate, usage) ?? estimateCostMicroUsd({ ...usage, model, provider, startedAtMs })
  return microUsd === null ? null : { microUsd, source: 'price_table' }
}

function toAttempt(
  attempt: GatewayAttempt,
  {
    deciding,
    tools,
    startedAtMs,
  }: { deciding: GatewayAttempt; tools: readonly OfferedTool[]; startedAtMs: number },
): Attempt {
  const { candidate, measures, errorClass, facts, checkedCalls } = attempt
  return {
    provider: candidate.provider,
    ...(candidate.model === deciding.candidate.model ? {} : { model: candidate.model }),
    startedAtMs: measures.startedAtMs,
    httpStatus: measures.httpStatus,
    errorClass,
    timeToFirstTokenMs: measures.timeToFirstTokenMs,
    durationMs: measures.durationMs,
    finishReason: facts?.finishReason ?? null,
    toolCalls: facts === null ? null : (checkedCalls ?? checkToolCalls(facts.toolCalls, tools)),
    costMicroUsd: costOf(attempt, startedAtMs)?.microUsd ?? null,
  }
}

function hasToolResults({ shape, body }: GatewayRequest): boolean {
  return objectsOf(body.messages).some((message) =>
    shape === 'openai-chat'
      ? message.role === 'tool' || message.role === 'function'
      : objectsOf(message.content).some((block) => block.type === 'tool_result'),
  )
}

/** What all attempts of a request cost; from the price table as soon as one of them is. */
function costOfRequest(
  attempts: readonly GatewayAttempt[],
  startedAtMs: number,
): Pick<RequestRecord, 'costMicroUsd' | 'costSource'> {
  const costs = attempts.flatMap((attempt) => costOf(attempt, startedAtMs) ?? [])
  if (costs.length === 0) return { costMicroUsd: null, costSource: null }
  return {
    costMicroUsd: costs.reduce((sum, { microUsd }) => sum + microUsd, 0),
    costSource: costs.some(({ source }) => source === 'price_table') ? 'price_table' : 'reported',
  }
}

function promptPartsOf({ body }: GatewayRequest, promptTokens: number | null) {
  return promptTokens === null ? null : scalePromptParts(estimatePromptParts(body), promptTokens)
}

function toSteps(steps: readonly PlanStep[]): RecordedStep[] {
  return steps.slice(0, MAX_PLAN_STEPS).map(({ model, provider, reasons }) => ({
    model,
    provider,
    reasons: reasons.map(({ text }) => storableText(text, MAX_TEXT)),
  }))
}

function short(text: string | null): string | null {
  return text === null ? null : storableText(text, MAX_TEXT)
}
