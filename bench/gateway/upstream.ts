import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Exchange } from './exchange'
import { EXCHANGE_NAMES, exchangeNamed } from './exchanges'
import { sharedNowMs } from './exchanges/paced'
import { announce } from './helper-process'

/** The provider of the gateway benchmark, in a process of its own: fixed answers, as cheap as node:http allows. */
type Script = { answer: Buffer; events: Buffer[]; paced: Exchange['paced'] }
const SCRIPTS = new Map(
  EXCHANGE_NAMES.map((name): [string, Script] => {
    const exchange = exchangeNamed(name)
    const events = exchange.events().map((event) => Buffer.from(event))
    return [name, { answer: Buffer.from(exchange.answer()), events, paced: exchange.paced }]
  }),
)

const server = createServer((request, response) => {
  const { url = '' } = request
  const script = SCRIPTS.get(url.slice(1, url.indexOf('/', 1)))
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    if (!script) return response.writeHead(404).end()
    if (!url.includes('alt=sse') && !Buffer.concat(chunks).includes('"stream":true')) {
      return whole(response, script)
    }
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
    if (script.paced) paced(response, script, script.paced)
    else stream(response, script)
  })
})

function whole(response: ServerResponse, { answer }: Script): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.byteLength })
  response.end(answer)
}

/** An event a turn of the loop, so that each is a write of its own, as from a provider that makes them one by one. */
function stream(response: ServerResponse, { events }: Script): void {
  let next = 0
  const write = () => {
    const event = events[next++]
    if (event === undefined) return response.end()
    response.write(event)
    setImmediate(write)
  }
  write()
}

function paced(
  response: ServerResponse,
  script: Script,
  { frames, everyMs, eventOf }: NonNullable<Exchange['paced']>,
): void {
  let number = 0
  const timer = setInterval(() => {
    response.write(eventOf({ number, writtenAtMs: sharedNowMs() }))
    number += 1
    if (number < frames) return
    clearInterval(timer)
    stream(response, script)
  }, everyMs)
  response.on('close', () => clearInterval(timer))
}

server.listen(0, '127.0.0.1', () => {
  // Listening on a TCP port makes the address an object.
  const { port } = server.address() as AddressInfo
  announce({ url: `http://127.0.0.1:${port}` })
})
