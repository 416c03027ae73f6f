import { USE_CASE_LIMITS } from './use-case'

const SYSTEM_ROLES = new Set(['system', 'developer'])

/**
 * The system prompt of a request as far as use-case rules look at it (its first 20,000 characters): the texts of
 * `system` and of the messages of the system or developer, each text or a list of parts that carry `text` or `content`,
 * a line each. Null when there is none. Never throws. Sources of the shapes: the API references of OpenAI and Anthropic,
 * and `gen_ai.system_instructions` of the OpenTelemetry GenAI semantic conventions.
 */
export function systemPromptOf({ system, messages }: { system: unknown; messages: unknown }): string | null {
  const texts: string[] = []
  let left: number = USE_CASE_LIMITS.promptLength
  const add = (content: unknown) => {
    for (const text of textsOf(content)) {
      if (left <= 0) return
      const cut = text.slice(0, left)
      texts.push(cut)
      left -= cut.length + 1
    }
  }
  add(system)
  for (const message of Array.isArray(messages) ? messages : []) {
    if (isObject(message) && typeof message.role === 'string' && SYSTEM_ROLES.has(message.role))
      add(message.parts ?? message.content)
  }
  return texts.length === 0 ? null : texts.join('\n')
}

function textsOf(content: unknown): string[] {
  if (typeof content === 'string') return content === '' ? [] : [content]
  if (!Array.isArray(content)) return []
  return content.filter(isObject).flatMap((part) => {
    const text = part.text ?? part.content
    return typeof text === 'string' && text !== '' ? [text] : []
  })
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
