import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a provider was asked. */
export type Asked = { headers: IncomingHttpHeaders; body: string }

/** What a provider says, byte for byte; for answers the simulator is too well-mannered to give. */
export type Script = (response: ServerResponse, asked: Asked) => void

export type ScriptedUpstream = { url: string; stop: () => Promise<void> }

/** Starts a provider on a loopback port that answers every request below `/:provider/` by its script. */
export async function startScriptedUpstream(scripts: Map<string, Script>): Promise<ScriptedUpstream> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const script = scripts.get(request.url?.split('/')[1] ?? '')
    if (!script) return response.writeHead(404).end()
    script(response, { headers: request.headers, body: Buffer.concat(chunks).toString() })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // Listening on a port, the address is never a pipe's name.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Answers with one body and the type that goes with it. */
export function says(body: string | object, contentType = 'application/json', status = 200): Script {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return (response) => void response.writeHead(status, { 'content-type': contentType }).end(text)
}
