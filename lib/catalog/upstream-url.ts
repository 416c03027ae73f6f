import type { ApiShape } from '../records/vocabulary'

/**
 * Where a provider takes a request: `baseUrl` is what an SDK of its shape would be given. OpenAI's ends before
 * `/chat/completions`; Anthropic's ends before `/v1/messages`, and one that ends in `/v1` is taken as well.
 */
export function completionUrl({ apiShape, baseUrl }: { apiShape: ApiShape; baseUrl: string }): string {
  return `${versionedRoot({ apiShape, baseUrl })}${apiShape === 'openai-chat' ? '/chat/completions' : '/messages'}`
}

/** Where a provider lists its models. */
export function modelListUrl({ apiShape, baseUrl }: { apiShape: ApiShape; baseUrl: string }): string {
  return `${versionedRoot({ apiShape, baseUrl })}/models`
}

/** The headers that carry a provider's key; none when it needs no key. */
export function keyHeaders({
  apiShape,
  apiKey,
}: {
  apiShape: ApiShape
  apiKey: string | null
}): Record<string, string> {
  switch (apiShape) {
    case 'openai-chat':
      return apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }
    case 'anthropic-messages':
      return { 'anthropic-version': '2023-06-01', ...(apiKey === null ? {} : { 'x-api-key': apiKey }) }
  }
}

function versionedRoot({ apiShape, baseUrl }: { apiShape: ApiShape; baseUrl: string }): string {
  const root = baseUrl.replace(/\/+$/, '')
  return apiShape === 'openai-chat' || /\/v\d+$/.test(root) ? root : `${root}/v1`
}
