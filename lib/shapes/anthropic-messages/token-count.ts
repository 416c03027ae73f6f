import { isObject, type JsonObject, objectOf } from '../../platform/json-value'
import { tokenCountOf } from '../answer-facts'
import type { TokenCount } from '../shape'
import { versionedRoot } from './versioned-root'

/** What of a request counts as its prompt. */
const COUNTED_FIELDS = ['model', 'messages', 'system', 'tools', 'tool_choice', 'thinking'] as const

/** `POST /v1/messages/count_tokens`. Source: Count tokens in a Message of Anthropic's API reference. */
export const messagesTokenCount: TokenCount = {
  clientPaths: ['/messages/count_tokens'],
  // A count has no limit, which a request must have.
  requestOf: (body) => (isObject(body) ? { max_tokens: 1, ...body } : body),
  writeAnswer: (promptTokens) => ({ input_tokens: promptTokens }),
  callOf(request, { baseUrl }) {
    const body: JsonObject = {}
    for (const name of COUNTED_FIELDS) if (request[name] !== undefined) body[name] = request[name]
    return { url: `${versionedRoot(baseUrl)}/messages/count_tokens`, body }
  },
  readAnswer: (body) => tokenCountOf(objectOf(body).input_tokens),
}
