import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

/** A program of this folder in a process of its own, so that its work is not counted as anybody else's. */
export type HelperProcess = {
  pid: number
  /** The next message it sends. Rejects when it ends instead. */
  message: () => Promise<unknown>
  send: (message: object) => void
  stop: () => Promise<void>
}

export function startHelper(file: string): HelperProcess {
  const child = fork(path.join(import.meta.dirname, file), { execArgv: ['--import', 'tsx'] })
  const exited = once(child, 'exit')
  return {
    pid: child.pid ?? 0,
    message: async () => {
      const [message] = await Promise.race([
        once(child, 'message'),
        exited.then(([code]) => {
          throw new Error(`${file} ended with ${code}`)
        }),
      ])
      return message
    },
    send: (message) => void child.send(message),
    stop: async () => {
      child.kill()
      await exited
    },
  }
}

/** Inside a helper: tells the process that started it. It ends when that one is gone. */
export function announce(message: object): void {
  process.send?.(message)
  process.once('disconnect', () => process.exit(0))
}
