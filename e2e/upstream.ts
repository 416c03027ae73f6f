import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A provider of one model, for specs about connecting: it wants its key and answers as OpenAI would. */
export type Upstream = { baseUrl: string; apiKey: string; close: () => Promise<void> }

const MODEL = 'atlas-120b'

/** Starts it on a free port of this machine. */
export async function startUpstream(): Promise<Upstream> {
  const apiKey = 'sk-of-the-spec'
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const sent = request.headers.authorization
    if (sent !== `Bearer ${apiKey}`) return answer(401, { error: { message: `Incorrect API key: ${sent}` } })
    if (request.url === '/v1/models') return answer(200, { object: 'list', data: [{ id: MODEL }] })
    if (request.url !== '/v1/chat/completions') return answer(404, 'nothing here')
    const { model } = JSON.parse(text)
    if (model !== MODEL) return answer(404, { error: { message: `The model ${model} does not exist` } })
    return answer(200, {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      model,
      choices: [{ index: 0, message: { role: 'assistant', content: 'OK' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 9, completion_tokens: 1, total_tokens: 10 },
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    apiKey,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
