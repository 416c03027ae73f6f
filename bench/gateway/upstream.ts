import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chatAnswer, chatEvents } from './exchange'
import { announce } from './helper-process'

/** The provider of the gateway benchmark, in a process of its own: one fixed answer, as cheap as node:http allows. */
const ANSWER = Buffer.from(chatAnswer())
const EVENTS = chatEvents().map((event) => Buffer.from(event))

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    if (Buffer.concat(chunks).includes('"stream":true')) return stream()
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': ANSWER.byteLength })
    response.end(ANSWER)
  })

  /** An event a turn of the loop, so that each is a write of its own, as from a provider that makes them one by one. */
  function stream(): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
    let next = 0
    const write = () => {
      const event = EVENTS[next++]
      if (event === undefined) return response.end()
      response.write(event)
      setImmediate(write)
    }
    write()
  }
})

server.listen(0, '127.0.0.1', () => {
  // Listening on a TCP port makes the address an object.
  const { port } = server.address() as AddressInfo
  announce({ url: `http://127.0.0.1:${port}` })
})
