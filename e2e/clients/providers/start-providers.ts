import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setImmediate as nextTick } from 'node:timers/promises'
import { chatProvider } from './chat-provider'
import { geminiProvider } from './gemini-provider'
import { messagesProvider } from './messages-provider'
import { responsesProvider } from './responses-provider'
import { type ProviderAnswer, Refusal, type ScriptedProvider } from './scripted-provider'

/** The wire shapes of the providers, in the order of the table's columns. */
export const SHAPES = ['chat', 'messages', 'responses', 'gemini'] as const
export type Shape = (typeof SHAPES)[number]

/** The key that all of them want. */
export const PROVIDER_KEY = 'sk-of-the-scripted-providers'

const PROVIDERS: Record<Shape, ScriptedProvider> = {
  chat: chatProvider,
  messages: messagesProvider,
  responses: responsesProvider,
  gemini: geminiProvider,
}

/** A request that a provider got, and what it said to it. */
export type SeenByProvider = {
  shape: Shape
  path: string
  body: string
  status: number
  refusal: string | null
}

export type Providers = {
  url: string
  /** What one cell's requests came to, oldest first; they are known by the folder their prompt names. */
  seen: (cell: string) => readonly SeenByProvider[]
  stop: () => Promise<void>
}

/** Starts all four on one loopback port, each below `/{shape}`. */
export async function startProviders(): Promise<Providers> {
  const all: SeenByProvider[] = []
  const server = createServer((request, response) => {
    serve(request, response, all).catch((error) => response.destroy(error))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen: (cell) => all.filter(({ body }) => body.includes(`/${cell}/`)),
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  all: SeenByProvider[],
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks).toString()
  const url = new URL(request.url ?? '/', 'http://provider')
  const shape = SHAPES.find((one) => url.pathname.startsWith(`/${one}/`))
  if (!shape) return void response.writeHead(404).end()
  const provider = PROVIDERS[shape]
  let answer: ProviderAnswer
  let refusal: string | null = null
  try {
    const parsed = body === '' ? null : JSON.parse(body)
    answer = provider.answer({ method: request.method ?? 'GET', url, headers: request.headers, body: parsed })
  } catch (error) {
    const refused = error instanceof Refusal ? error : new Refusal(String(error))
    refusal = refused.message
    answer = { status: refused.status, body: provider.refusalBody(refused) }
  }
  all.push({ shape, path: url.pathname + url.search, body, status: answer.status, refusal })
  if ('body' in answer) {
    response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8' })
    return void response.end(JSON.stringify(answer.body))
  }
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
  for (const event of answer.events) {
    response.write(event)
    // Each event a packet of its own, as from a model.
    await nextTick()
  }
  response.end()
}
