import { once } from 'node:events'
import net from 'node:net'
import { SERVER } from './server-under-test'

/** A line to the server that can be cut and mended, or goes silent, as a network does. */
export type CuttableLine = {
  url: string
  /** Breaks every connection and refuses new ones. */
  cut: () => Promise<void>
  mend: () => Promise<void>
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
  const open = async (port: number) => {
    const server = net.createServer((inside) => {
      const outside = net.connect(SERVER.port, '127.0.0.1')
      hold(inside)
      hold(outside)
      inside.pipe(outside).pipe(inside)
      inside.on('close', () => outside.destroy())
      outside.on('close', () => inside.destroy())
    })
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return server
  }
  let server = await open(0)
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const cut = async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  }
  return {
    url: `http://127.0.0.1:${port}`,
    cut,
    mend: async () => {
      server = await open(port)
    },
    silence: () => {
      for (const socket of sockets) {
        socket.unpipe()
        socket.pause()
      }
    },
    close: async () => {
      if (server.listening) await cut()
    },
  }
}
