import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { Exchange } from './cell'

export type Recorder = { origin: string; exchanges: readonly Exchange[]; stop: () => Promise<void> }

/** Stands between one client and the gateway, changes nothing and writes down what they say. */
export async function recordTraffic(target: string): Promise<Recorder> {
  const { hostname, port, pathname } = new URL(target)
  const below = pathname.replace(/\/$/, '')
  const exchanges: Exchange[] = []
  const relay = (asked: IncomingMessage, answer: ServerResponse) => {
    const exchange: Exchange = {
      method: asked.method ?? '',
      path: asked.url ?? '',
      requestBody: '',
      status: 0,
      contentType: '',
      responseBody: '',
    }
    exchanges.push(exchange)
    asked.on('data', (chunk: Buffer) => {
      exchange.requestBody += chunk.toString()
    })
    const onward = request(
      { hostname, port, method: asked.method, path: below + asked.url, headers: asked.headers },
      (said) => {
        exchange.status = said.statusCode ?? 0
        exchange.contentType = said.headers['content-type'] ?? ''
        said.on('data', (chunk: Buffer) => {
          exchange.responseBody += chunk.toString()
        })
        answer.writeHead(exchange.status, said.rawHeaders)
        said.on('error', () => answer.destroy())
        said.pipe(answer)
      },
    )
    onward.on('error', () => answer.destroy())
    answer.on('close', () => onward.destroy())
    asked.pipe(onward)
  }
  const server = createServer(relay)
  server.on('upgrade', (asked, socket, head) => {
    exchanges.push({
      method: `${asked.method} (upgrade to ${asked.headers.upgrade})`,
      path: asked.url ?? '',
      requestBody: '',
      status: 0,
      contentType: '',
      responseBody: '',
    })
    const onward = connect(Number(port), hostname, () => {
      const headers = asked.rawHeaders.flatMap((name, index) =>
        index % 2 ? [] : [`${name}: ${asked.rawHeaders[index + 1]}`],
      )
      onward.write(`${asked.method} ${below}${asked.url} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`)
      onward.write(head)
      socket.pipe(onward).pipe(socket)
    })
    onward.on('error', () => socket.destroy())
    socket.on('error', () => onward.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    exchanges,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
