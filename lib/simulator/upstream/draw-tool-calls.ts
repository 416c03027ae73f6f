import { pick, type Random } from '../../platform/random'
import type { OfferedTool } from '../../records/check-tool-calls'
import { checkAgainstSchema } from '../../records/json-schema/check-against-schema'
import { breakToolCall, type DrawnToolCall } from './break-tool-call'
import { drawJson } from './draw-json'
import type { ToolFault } from './schema'

/** A draw that satisfies such a schema every other time is then missed once in a million million. */
const MOST_TRIES = 40

/**
 * The tool calls of one answer, `count` of them among `tools`, with arguments that satisfy the offered schemas. With a
 * `fault` one of them is broken that way; `brokenBy` is null when none could be (a schema that takes anything).
 */
export function drawToolCalls({
  tools,
  count,
  fault,
  random,
}: {
  tools: readonly OfferedTool[]
  count: number
  fault: ToolFault | null
  random: Random
}): { calls: DrawnToolCall[]; brokenBy: ToolFault | null } {
  const drawn = Array.from({ length: count }, () => drawToolCall(pick(random, tools), random))
  if (fault === null) return { calls: drawn.map(({ call }) => call), brokenBy: null }
  let brokenBy: ToolFault | null = null
  const calls = drawn.map(({ tool, call }) => {
    if (brokenBy !== null) return call
    const broken = breakToolCall({ call, tool, tools, fault, random })
    if (broken) brokenBy = fault
    return broken ?? call
  })
  return { calls, brokenBy }
}

function drawToolCall(tool: OfferedTool, random: Random): { tool: OfferedTool; call: DrawnToolCall } {
  return { tool, call: { name: tool.name, arguments: JSON.stringify(drawArguments(tool.schema, random)) } }
}

/** Draws until the arguments satisfy the schema, some tens of times: `not`, `if` and `oneOf` may refuse a draw. */
export function drawArguments(schema: unknown, random: Random): unknown {
  if (typeof schema !== 'object' || schema === null) return {}
  let value: unknown = {}
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    value = drawJson({ schema, random })
    if (checkAgainstSchema({ schema, value }).result !== 'invalid') return value
  }
  return value
}
