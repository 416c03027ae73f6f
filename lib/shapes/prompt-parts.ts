import { isObject, type JsonObject, objectOf, objectsOf, textOf } from '../platform/json-value'
import { PROMPT_PARTS, type PromptPart } from '../records/vocabulary'
import { skillLengthOf } from './skill-text'

const CHARACTERS_PER_TOKEN = 4
/**
 * Images and documents cost by their size in pixels and pages, not by the length of their base64: about 1,000 tokens.
 */
const MEDIA_LENGTH = 4000
const MEDIA_TYPES = new Set([
  'image',
  'image_url',
  'input_image',
  'input_file',
  'input_audio',
  'input_video',
  'video_url',
  'file',
  'document',
])

/**
 * What a prompt is made of, in characters ÷ 4 by part, for a request of either shape. The weights are only good
 * relative to each other: scale them to the tokens that the provider counted. MCP tools are those named `mcp__…` or
 * `mcp_…` or of type `mcp`; skills are told by their marks in system prompts, user messages and tool descriptions.
 * Linear in the size of the request.
 */
export function estimatePromptParts(request: Record<string, unknown>): Record<PromptPart, number> {
  const lengths = emptyParts()
  for (const tool of [...objectsOf(request.tools), ...objectsOf(request.functions)]) addTool(lengths, tool)
  addText({ lengths, part: 'system', content: request.system })
  for (const message of objectsOf(request.messages)) addMessage(lengths, message)
  return mapParts((part) => lengths[part] / CHARACTERS_PER_TOKEN)
}

/**
 * The parts as whole tokens that sum exactly to `promptTokens` (largest remainder; ties in the order of
 * PROMPT_PARTS). A prompt of which nothing is known is user text.
 */
export function scalePromptParts(
  parts: Record<PromptPart, number>,
  promptTokens: number,
): Record<PromptPart, number> {
  const total = PROMPT_PARTS.reduce((sum, part) => sum + parts[part], 0)
  if (total <= 0) return { ...emptyParts(), userText: promptTokens }
  const exact = mapParts((part) => (parts[part] / total) * promptTokens)
  const scaled = mapParts((part) => Math.floor(exact[part]))
  const missing = promptTokens - PROMPT_PARTS.reduce((sum, part) => sum + scaled[part], 0)
  const byRemainder = [...PROMPT_PARTS].sort((a, b) => exact[b] - scaled[b] - (exact[a] - scaled[a]))
  for (const part of byRemainder.slice(0, Math.max(0, missing))) scaled[part] += 1
  return scaled
}

type Lengths = Record<PromptPart, number>

function addTool(lengths: Lengths, tool: JsonObject): void {
  const definition = isObject(tool.function) ? tool.function : tool
  const name = textOf(definition.name) ?? ''
  const isMcp = name.startsWith('mcp_') || textOf(tool.type)?.startsWith('mcp') === true
  const skills = skillLengthOf(textOf(definition.description) ?? '')
  lengths[isMcp ? 'mcpToolDefinitions' : 'toolDefinitions'] += lengthOf(tool) - skills
  lengths.skills += skills
}

function addMessage(lengths: Lengths, message: JsonObject): void {
  if (message.role === 'system' || message.role === 'developer') {
    addText({ lengths, part: 'system', content: message.content })
  } else if (message.role === 'tool' || message.role === 'function') {
    lengths.toolResults += contentLength(message.content)
  } else if (message.role === 'assistant') {
    const { role: _role, content, ...rest } = message
    lengths.assistantHistory += contentLength(content) + (Object.keys(rest).length > 0 ? lengthOf(rest) : 0)
  } else {
    const results = objectsOf(message.content).filter((block) => block.type === 'tool_result')
    lengths.toolResults += contentLength(results)
    addText({ lengths, part: 'userText', content: withoutResults(message.content) })
  }
}

function withoutResults(content: unknown): unknown {
  return Array.isArray(content) ? content.filter((block) => objectOf(block).type !== 'tool_result') : content
}

function addText({
  lengths,
  part,
  content,
}: {
  lengths: Lengths
  part: 'system' | 'userText'
  content: unknown
}): void {
  const texts =
    typeof content === 'string' ? [content] : objectsOf(content).flatMap((block) => textOf(block.text) ?? [])
  const skills = texts.reduce((sum, text) => sum + skillLengthOf(text), 0)
  lengths.skills += skills
  lengths[part] += contentLength(content) - skills
}

function contentLength(content: unknown): number {
  if (typeof content === 'string') return content.length
  return objectsOf(content).reduce((sum, block) => sum + blockLength(block), 0)
}

function blockLength(block: JsonObject): number {
  if (typeof block.type === 'string' && MEDIA_TYPES.has(block.type)) return MEDIA_LENGTH
  if (block.type === 'tool_result') return contentLength(block.content)
  if (typeof block.text === 'string') return block.text.length
  return lengthOf(block)
}

/**
 * About as long as the value's JSON, without writing it; an own stack, since prompts may nest as deep as they like.
 */
function lengthOf(value: unknown): number {
  const stack: unknown[] = [value]
  let length = 0
  while (stack.length > 0) {
    const next = stack.pop()
    if (typeof next === 'string') length += next.length + 2
    else if (Array.isArray(next)) {
      length += 2
      for (const item of next) stack.push(item)
    } else if (isObject(next)) {
      length += 2
      for (const [key, field] of Object.entries(next)) {
        length += key.length + 4
        stack.push(field)
      }
    } else length += 4
  }
  return length
}

function emptyParts(): Lengths {
  return mapParts(() => 0)
}

function mapParts(lengthFor: (part: PromptPart) => number): Lengths {
  return {
    system: lengthFor('system'),
    toolDefinitions: lengthFor('toolDefinitions'),
    mcpToolDefinitions: lengthFor('mcpToolDefinitions'),
    skills: lengthFor('skills'),
    toolResults: lengthFor('toolResults'),
    userText: lengthFor('userText'),
    assistantHistory: lengthFor('assistantHistory'),
  }
}
