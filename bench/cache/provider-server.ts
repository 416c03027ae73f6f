import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { createPrefixCache, type PrefixCache } from './prefix-cache'
import { blocksOf } from './trace'

/** What the replay sends along, so that a simulated provider need not count. */
const body = z.object({
  messages: z.array(z.object({ content: z.string() })),
  metadata: z.object({ prompt_tokens: z.string(), completion_tokens: z.string() }),
})
const TOKENS_PER_BLOCK = 512

export type CachingProvider = { url: string; totals: PrefixCache['totals']; close: () => void }

/** A provider of chat completions that answers at once and keeps the prompts it has read. */
export async function startProvider(): Promise<CachingProvider> {
  const cache = createPrefixCache()
  const server = createServer((request, response) => {
    answer(request, response, cache).catch((error: unknown) => {
      response.writeHead(400).end(JSON.stringify({ error: { message: String(error) } }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Listening on a TCP port makes the address an object.
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/v1`, totals: cache.totals, close: () => server.close() }
}

async function answer(request: IncomingMessage, response: ServerResponse, cache: PrefixCache): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const { messages, metadata } = body.parse(JSON.parse(Buffer.concat(chunks).toString()))
  const promptTokens = Number(metadata.prompt_tokens)
  const cachedTokens = Math.min(promptTokens, cache.read(blocksOf(messages)) * TOKENS_PER_BLOCK)
  const text = JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 0,
    model: 'kimi',
    choices: [{ index: 0, message: { role: 'assistant', content: 'Yes.' }, finish_reason: 'stop' }],
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: Number(metadata.completion_tokens),
      total_tokens: promptTokens + Number(metadata.completion_tokens),
      prompt_tokens_details: { cached_tokens: cachedTokens },
    },
  })
  response.writeHead(200, { 'content-type': 'application/json' }).end(text)
}
