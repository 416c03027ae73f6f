import type { RequestBody } from './merge-preset'
import { parseModelReference } from './preset-reference'
import { isJsonObject } from './same-json'
import { CONFIG_FIELDS } from './schema'

/** What of a live request a preset keeps: not checked yet, the config still has to pass its schema. */
export type RequestContent = { systemPrompt: string | null; config: Record<string, unknown> }

/**
 * The part of a chat-completions body that a preset can hold: the fields that presets have too, and the text of its
 * system messages as the system prompt. The conversation and `stream` are ignored, and so is a reference to a preset.
 * (openrouter.ai/docs, Presets: creating one from a request.)
 */
export function contentFromChatRequest(body: RequestBody): RequestContent {
  const messages = Array.isArray(body.messages) ? body.messages : []
  const texts = messages
    .filter((message) => isJsonObject(message) && (message.role === 'system' || message.role === 'developer'))
    .map((message) => textOf(message.content))
  return { systemPrompt: joinTexts(texts), config: pickConfig(body) }
}

/** As `contentFromChatRequest`, of a body in the shape of Anthropic's Messages API. */
export function contentFromMessagesRequest(body: RequestBody): RequestContent {
  const { stop_sequences: stop, thinking, tools, tool_choice: choice } = body
  const config = pickConfig({
    ...body,
    stop,
    reasoning: asReasoning(thinking),
    tools: Array.isArray(tools) ? tools.map(asChatTool) : tools,
    tool_choice: asChatToolChoice(choice),
    parallel_tool_calls:
      isJsonObject(choice) && choice.disable_parallel_tool_use === true ? false : undefined,
  })
  return { systemPrompt: joinTexts([textOf(body.system)]), config }
}

function pickConfig(body: RequestBody): Record<string, unknown> {
  const reference = parseModelReference(body)
  const model = reference.ok ? reference.model : body.model
  const picked = Object.entries({ ...body, model }).filter(
    ([name, value]) => CONFIG_FIELDS.has(name) && value !== undefined && value !== null,
  )
  return Object.fromEntries(picked)
}

/** Text as it is, or the text blocks of a content list. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content
    .map((block) => (isJsonObject(block) && typeof block.text === 'string' ? block.text : ''))
    .join('\n')
}

function joinTexts(texts: readonly string[]): string | null {
  return texts.filter((text) => text.trim() !== '').join('\n\n') || null
}

function asReasoning(thinking: unknown): Record<string, unknown> | undefined {
  if (!isJsonObject(thinking)) return undefined
  if (thinking.type === 'disabled') return { enabled: false }
  return { enabled: true, ...(thinking.budget_tokens ? { max_tokens: thinking.budget_tokens } : {}) }
}

function asChatTool(tool: unknown): unknown {
  if (!isJsonObject(tool) || tool.input_schema === undefined) return tool
  const { name, description, input_schema: parameters } = tool
  return { type: 'function', function: { name, ...(description ? { description } : {}), parameters } }
}

function asChatToolChoice(choice: unknown): unknown {
  if (!isJsonObject(choice)) return choice
  switch (choice.type) {
    case 'any':
      return 'required'
    case 'tool':
      return { type: 'function', function: { name: choice.name } }
    case 'auto':
    case 'none':
      return choice.type
    default:
      return choice
  }
}
