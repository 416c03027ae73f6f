import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type JsonObject, objectOf } from '../platform/json-value'
import { parseJson } from '../platform/parse-json'
import type { ApiShape } from '../records/vocabulary'
import { optionsFor, writeStream } from '../shapes/conformance/crossing.fixture'
import { answerWith, textPart } from '../shapes/conformance/hub-values.fixture'
import { shapeNamed } from '../shapes/registry'
import { streamFromAnswer } from '../shapes/stream-from-answer'

/** What a scripted provider was asked. */
export type Asked = {
  provider: string
  shape: ApiShape
  isStream: boolean
  headers: Readonly<Record<string, string | string[] | undefined>>
  body: JsonObject
}
/** How a provider answers. */
export type Script = (asked: Asked, response: ServerResponse) => void | Promise<void>
export type ScriptedProviders = {
  /** Under it, a provider of a shape lives at `/shape/slug/`. */
  urlOf: (shape: ApiShape, provider: string) => string
  asked: Asked[]
  close: () => void
}

/** Providers of every shape on one real socket, who answer as the script says. */
export async function startScriptedProviders(answer: Script): Promise<ScriptedProviders> {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const [, shape = '', provider = '', rest = ''] =
      /^\/([\w-]+)\/([\w-]+)\/(.*)$/.exec(request.url ?? '') ?? []
    const body = objectOf(parseJson(Buffer.concat(chunks).toString('utf8')))
    const isStream = body.stream === true || rest.includes(':streamGenerateContent')
    const one: Asked = { provider, shape: shape as ApiShape, isStream, headers: request.headers, body }
    asked.push(one)
    await answer(one, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    urlOf: (shape, provider) => `http://127.0.0.1:${port}/${shape}/${provider}/v1`,
    asked,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** A good answer of the shape, as text of its wire. */
export function goodAnswer(
  { shape, isStream }: Pick<Asked, 'shape' | 'isStream'>,
  text = 'It rises.',
): string {
  const answer = answerWith({ parts: [textPart(text)] })
  const known = shapeNamed(shape)
  return isStream
    ? writeStream(known, streamFromAnswer(answer))
    : JSON.stringify(known.writeAnswer(answer, optionsFor(known)))
}

/** Answers as a healthy provider does. */
export function answerWell(asked: Asked, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': asked.isStream ? 'text/event-stream' : 'application/json' })
  response.end(goodAnswer(asked))
}
