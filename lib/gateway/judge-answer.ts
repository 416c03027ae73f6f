import type { CheckBudget } from '../records/check-budget'
import {
  checkStructuredOutput,
  type OutputCheck,
  type OutputFormat,
} from '../records/check-structured-output'
import { checkToolCalls, type OfferedTool } from '../records/check-tool-calls'
import type { ToolCall } from '../records/request-record'
import type { AnswerFacts } from '../shapes/answer-facts'

/** The format of a request that asks for none. */
export const ANY_TEXT: OutputFormat = { type: 'text' }

/** What guards a request wants: a bad answer of a guarded kind leads to the next endpoint. */
export type Guards = { toolCalls: boolean; structuredOutput: boolean }

/** How much of a stream is kept back until it can be judged: nothing, tool calls, or the whole answer. */
export type Held = 'nothing' | 'tool_calls' | 'answer'

/** What the guards found; null = that guard is off. `objection` says in a sentence what is wrong, null = nothing. */
export type Judgement = {
  checkedCalls: ToolCall[] | null
  checkedOutput: OutputCheck | null
  objection: string | null
}

/** What has to be kept back of a stream for these guards. */
export function heldBy(guards: Guards, format: OutputFormat): Held {
  if (guards.structuredOutput && format.type !== 'text') return 'answer'
  return guards.toolCalls ? 'tool_calls' : 'nothing'
}

/** Holds a complete answer against what the request offered and asked for, as far as its guards want. Never throws. */
export function judgeAnswer(
  facts: AnswerFacts,
  { guards, tools, format }: { guards: Guards; tools: readonly OfferedTool[]; format: OutputFormat },
): Judgement {
  const checkedCalls = guards.toolCalls ? checkToolCalls(facts.toolCalls, tools) : null
  const checkedOutput = guards.structuredOutput ? outputOf(facts, format) : null
  return {
    checkedCalls,
    checkedOutput,
    objection: objectionToCalls(checkedCalls ?? []) ?? objectionToOutput(checkedOutput),
  }
}

/** The answer's text held against the format; null when any would do. What calls tools or was refused is not judged. */
export function outputOf(
  { text, toolCalls, isRefused, finishReason }: AnswerFacts,
  format: OutputFormat,
  budget?: CheckBudget,
): OutputCheck | null {
  const ending = toolCalls.length > 0 ? 'tool_calls' : isRefused ? 'content_filter' : finishReason
  return checkStructuredOutput({ text: text ?? null, format, finishReason: ending, budget })
}

function objectionToCalls(calls: readonly ToolCall[]): string | null {
  const bad = calls.find(({ verdict }) => verdict !== 'valid' && verdict !== 'unknown')
  return bad ? `called the tool ${bad.name} badly: ${bad.detail ?? bad.verdict}` : null
}

function objectionToOutput(check: OutputCheck | null): string | null {
  if (check === null || check.verdict === 'valid' || check.verdict === 'unknown') return null
  return `did not answer in the format that was asked for: ${check.detail ?? check.verdict}`
}
