import { mergeFields, type PresetContent, type RequestBody } from './merge-preset'
import { isJsonObject } from './same-json'
import type { PresetConfig } from './schema'

/** Chat-completions parameters that Anthropic's Messages API does not know. */
const UNKNOWN_THERE = [
  'min_p',
  'top_a',
  'frequency_penalty',
  'presence_penalty',
  'repetition_penalty',
  'seed',
  'verbosity',
  'response_format',
] as const

/**
 * As `mergePreset`, for a body in the shape of Anthropic's Messages API: the system prompt becomes the first block of
 * `system`, function tools and their choice are written as Anthropic writes them, and parameters that the API does not
 * know are left out. `provider`, `models`, `reasoning` and `tool_call_guard` are there for the gateway, which takes
 * them out before it calls an upstream.
 */
export function mergePresetIntoMessages({
  request,
  preset,
}: {
  request: RequestBody
  preset: PresetContent
}): Record<string, unknown> {
  const merged = mergeFields({
    request,
    preset: { ...preset, config: asMessagesConfig({ config: preset.config, request }) },
  })
  const { systemPrompt } = preset
  if (systemPrompt) merged.system = prependSystem({ systemPrompt, system: request.system })
  return merged
}

function prependSystem({ systemPrompt, system }: { systemPrompt: string; system: unknown }): unknown[] {
  const block = { type: 'text', text: systemPrompt }
  if (typeof system === 'string') return system === '' ? [block] : [block, { type: 'text', text: system }]
  if (!Array.isArray(system)) return [block]
  const [first] = system
  const isThere = isJsonObject(first) && first.type === 'text' && first.text === systemPrompt
  return isThere ? system : [block, ...system]
}

/** The config with Anthropic's names. Loose, because what it gives is no longer a `PresetConfig` in all its parts. */
function asMessagesConfig({
  config,
  request,
}: {
  config: PresetConfig
  request: RequestBody
}): PresetConfig & Record<string, unknown> {
  const { stop, max_tokens, max_completion_tokens, tools, tool_choice, parallel_tool_calls, ...rest } = config
  const kept: PresetConfig & Record<string, unknown> = { ...rest }
  for (const name of UNKNOWN_THERE) delete kept[name]
  if (request.thinking !== undefined) delete kept.reasoning
  const limit = max_completion_tokens ?? max_tokens
  if (limit !== undefined) kept.max_tokens = limit
  if (stop !== undefined) kept.stop_sequences = typeof stop === 'string' ? [stop] : stop
  if (tools !== undefined) kept.tools = tools.map(asMessagesTool)
  const choice = asMessagesToolChoice({ tool_choice, parallel_tool_calls })
  return choice === undefined ? kept : Object.assign(kept, { tool_choice: choice })
}

function asMessagesTool(tool: NonNullable<PresetConfig['tools']>[number]) {
  const definition = tool.function
  if (tool.type !== 'function' || !isJsonObject(definition)) return tool
  const { name, description, parameters } = definition
  return {
    type: 'custom',
    name,
    ...(description === undefined ? {} : { description }),
    input_schema: parameters ?? { type: 'object', properties: {} },
  }
}

function asMessagesToolChoice({
  tool_choice: choice,
  parallel_tool_calls: parallel,
}: Pick<PresetConfig, 'tool_choice' | 'parallel_tool_calls'>): Record<string, unknown> | undefined {
  const single = parallel === false ? { disable_parallel_tool_use: true } : {}
  if (choice === undefined) return parallel === false ? { type: 'auto', ...single } : undefined
  switch (choice) {
    case 'none':
      return { type: 'none' }
    case 'auto':
      return { type: 'auto', ...single }
    case 'required':
      return { type: 'any', ...single }
    default:
      return isJsonObject(choice.function)
        ? { type: 'tool', name: choice.function.name, ...single }
        : { ...choice }
  }
}
