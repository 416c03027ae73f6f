import { checkToolCalls, readOfferedTools } from '../records/check-tool-calls'
import { normalizeFinishReason } from '../records/finish-reason'
import { storableText } from '../records/storable-text'
import { isBadVerdict } from './call-outcome'
import type { ClientAnswer } from './client-answer'
import { MAX_KEPT_ARGUMENTS } from './limits'
import type { Scenario } from './scenarios'
import type { TrialCall, TrialToolCall } from './schema'

const MAX_TOOL_CALLS = 64

/**
 * One call of a trial as it is kept: what came back, and each tool call held against what was offered. Beside a bad
 * call stands the schema it should have kept; null when nothing was offered under its name.
 */
export function judgeCall({
  index,
  scenario,
  startedAtMs,
  durationMs,
  httpStatus,
  answer,
}: {
  index: number
  scenario: Scenario
  startedAtMs: number
  durationMs: number
  httpStatus: number | null
  answer: ClientAnswer
}): TrialCall {
  return {
    index,
    startedAt: new Date(startedAtMs).toISOString(),
    durationMs: Math.round(durationMs),
    scenario: scenario.name,
    generationId: cut(answer.generationId, 200),
    provider: cut(answer.provider, 200),
    model: cut(answer.model, 200),
    httpStatus,
    errorClass: answer.failure?.errorClass ?? null,
    errorMessage: cut(answer.failure?.message ?? null, 2000),
    finishReason: normalizeFinishReason(answer.finishReason),
    toolCalls: judgeToolCalls(answer, scenario),
    presetVersion: answer.presetVersion,
  }
}

function judgeToolCalls({ toolCalls }: ClientAnswer, { tools }: Scenario): TrialToolCall[] {
  const kept = toolCalls.slice(0, MAX_TOOL_CALLS)
  const checked = checkToolCalls(kept, readOfferedTools(tools))
  return checked.map(({ name, verdict, detail }, place) => ({
    name,
    arguments: storableText(kept[place]?.arguments ?? '', MAX_KEPT_ARGUMENTS),
    verdict,
    detail: verdict === 'unknown_name' ? `${detail} It offered ${offeredNames(tools)}.` : detail,
    ...(isBadVerdict(verdict)
      ? { schema: tools.find((tool) => tool.function.name === name)?.function.parameters ?? null }
      : {}),
  }))
}

function offeredNames(tools: Scenario['tools']): string {
  return tools.map((tool) => tool.function.name).join(', ')
}

function cut(text: string | null, maxLength: number): string | null {
  return text === null ? null : storableText(text, maxLength)
}
