import { type JsonObject, withoutUndefined } from '../../platform/json-value'
import { flatTools } from '../flat-tools'
import type { BuiltInTool, FunctionTool, Request } from '../hub'

/** `tools`, their choice and `parallel_tool_calls`; nothing when no tool can go. */
export function writeTools(request: Pick<Request, 'tools' | 'toolChoice' | 'parallelToolCalls'>): JsonObject {
  const { tools, choice } = flatTools(request, 'openai-chat')
  if (tools.length === 0) return {}
  return withoutUndefined({
    tools: tools.map(writeTool),
    tool_choice: choice === null ? undefined : writeChoice(choice),
    parallel_tool_calls: request.parallelToolCalls ?? undefined,
  })
}

function writeTool(tool: FunctionTool | BuiltInTool): JsonObject {
  if (tool.type === 'built_in') return tool.value
  const { name, description, parameters, strict, cacheControl } = tool
  return withoutUndefined({
    type: 'function',
    function: withoutUndefined({
      name,
      description: description ?? undefined,
      parameters: parameters ?? undefined,
      strict: strict ?? undefined,
    }),
    cache_control: cacheControl ?? undefined,
  })
}

function writeChoice(choice: NonNullable<ReturnType<typeof flatTools>['choice']>): unknown {
  switch (choice.mode) {
    case 'tool':
      return { type: 'function', function: { name: choice.name } }
    case 'built_in':
      return choice.value
    default:
      return choice.mode
  }
}
