import { createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { openConnection } from './database-connection.server'
import { readEnvironment } from './env.server'

const databaseUrl = readEnvironment().DATABASE_URL ?? ''

test('gives up a question that Postgres never answers, and can say goodbye afterwards', async () => {
  const connection = await openConnection({ url: databaseUrl, name: 'test-silence', silenceMs: 200 })
  const asked = connection.run((client) => client.query('SELECT pg_sleep(600)'))
  await expect(asked).rejects.toThrow(/said nothing for 200 ms|Connection terminated/)
  await connection.close()
})

test('leaves an idle connection alone, however long, and a question that goes on', async () => {
  const connection = await openConnection({ url: databaseUrl, name: 'test-idle', silenceMs: 200 })
  const other = await openConnection({ url: databaseUrl, name: 'test-other', silenceMs: 10_000 })
  await other.run((client) => client.query('SELECT pg_sleep(0.5)'))
  const answer = await connection.run((client) => client.query<{ one: number }>('SELECT 1 AS one'))
  expect(answer.rows).toEqual([{ one: 1 }])
  await Promise.all([connection.close(), other.close()])
})

test('does not wait for ever for a server that takes connections and says nothing', async () => {
  const sockets: Socket[] = []
  const mute = createServer((socket) => sockets.push(socket))
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
  const address = mute.address()
  const port = address && typeof address === 'object' ? address.port : 0
  const url = `postgresql://nobody@127.0.0.1:${port}/none`
  await expect(openConnection({ url, name: 'test-mute', silenceMs: 200 })).rejects.toThrow(/timeout/)
  for (const socket of sockets) socket.destroy()
  mute.close()
})
