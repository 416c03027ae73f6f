import type { SimulatedShape } from '../simulated-shape'
import type { Conversation, Turn } from './conversation'

export type ClientRequest = { path: 'chat/completions' | 'messages'; body: Record<string, unknown> }

const MAX_TOKENS = 4096

/** A conversation as the body of a request in one of the two shapes, as their own clients would write it. */
export function writeRequest({
  shape,
  conversation,
  model,
  endUser,
  sessionId,
  isStream,
}: {
  shape: SimulatedShape
  conversation: Conversation
  model: string
  endUser: string
  sessionId: string
  isStream: boolean
}): ClientRequest {
  const common = { model, session_id: sessionId, ...(isStream ? { stream: true } : {}) }
  if (shape === 'messages') {
    return {
      path: 'messages',
      body: {
        ...common,
        max_tokens: MAX_TOKENS,
        metadata: { user_id: endUser },
        system: conversation.system,
        messages: conversation.turns.map(toMessage),
        ...toolsOr(
          conversation.tools.map(({ parameters, ...tool }) => ({ ...tool, input_schema: parameters })),
        ),
      },
    }
  }
  return {
    path: 'chat/completions',
    body: {
      ...common,
      ...(isStream ? { stream_options: { include_usage: true } } : {}),
      user: endUser,
      messages: [
        { role: 'system', content: conversation.system },
        ...conversation.turns.flatMap(toChatMessages),
      ],
      ...toolsOr(conversation.tools.map((tool) => ({ type: 'function', function: tool }))),
    },
  }
}

/** An empty list of tools is refused by both. */
function toolsOr(tools: unknown[]): { tools?: unknown[] } {
  return tools.length > 0 ? { tools } : {}
}

function toChatMessages(turn: Turn): unknown[] {
  switch (turn.role) {
    case 'user':
      return [{ role: 'user', content: turn.text }]
    case 'assistant':
      return [
        {
          role: 'assistant',
          content: turn.text === '' ? null : turn.text,
          ...(turn.calls.length === 0
            ? {}
            : {
                tool_calls: turn.calls.map(({ id, name, arguments: text }) => ({
                  id,
                  type: 'function',
                  function: { name, arguments: text },
                })),
              }),
        },
      ]
    case 'results':
      return turn.results.map(({ id, text }) => ({ role: 'tool', tool_call_id: id, content: text }))
  }
}

function toMessage(turn: Turn): unknown {
  switch (turn.role) {
    case 'user':
      return { role: 'user', content: turn.text }
    case 'assistant':
      return {
        role: 'assistant',
        content: [
          ...(turn.text === '' ? [] : [{ type: 'text', text: turn.text }]),
          ...turn.calls.map(({ id, name, arguments: text }) => ({
            type: 'tool_use',
            id,
            name,
            input: asInput(text),
          })),
        ],
      }
    case 'results':
      return {
        role: 'user',
        content: turn.results.map(({ id, text }) => ({
          type: 'tool_result',
          tool_use_id: id,
          content: text,
        })),
      }
  }
}

/** What a client makes of arguments that are no JSON object: the shape has no room for them. */
function asInput(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
  } catch {
    return {}
  }
}
