import { once } from 'node:events'
import net from 'node:net'
import { SERVER } from './server-under-test'

/** A line to the server that can be cut and mended, or goes silent, as a network does. */
export type CuttableLine = {
  url: string
  /** Breaks every connection, and each new one at once. */
  cut: () => void
  mend: () => void
  /** No byte passes any more over what is connected now, and neither end is told; who connects anew is heard. */
  silence: () => void
  close: () => Promise<void>
}

/** Passes bytes through a port of its own to the server under test. */
export async function openLine(): Promise<CuttableLine> {
  const sockets = new Set<net.Socket>()
  const hold = (socket: net.Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  }
  let isCut = false
  const server = net.createServer((inside) => {
    // The port is kept meanwhile: closed, anybody's next connection might take it.
    if (isCut) return inside.resetAndDestroy()
    const outside = net.connect(SERVER.port, '127.0.0.1')
    hold(inside)
    hold(outside)
    inside.pipe(outside).pipe(inside)
    inside.on('close', () => outside.destroy())
    outside.on('close', () => inside.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const cut = () => {
    isCut = true
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${port}`,
    cut,
    mend: () => {
      isCut = false
    },
    silence: () => {
      for (const socket of sockets) {
        socket.unpipe()
        socket.pause()
      }
    },
    close: async () => {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
