import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '../platform/log.server'
import { createWriter } from './writer.server'

/** The Postgres channel that says that requests were committed, by whatever process; its messages carry nothing. */
export const COMMIT_CHANNEL = 'sightglass_commit'

/** Often enough that a page follows each commit, rare enough to cost nothing under load. */
const INTERVAL_MS = 100

const SILENCE_MS = 5000

export type CommitSignal = {
  /** Says that something was committed; returns at once and never throws. */
  announce: () => void
  /** Resolves when the last commit is announced. */
  close: () => Promise<void>
}

/**
 * Notifies COMMIT_CHANNEL at most every 100 ms, at once after a commit and once more after those that followed it.
 * On a connection of its own, so that a batch neither waits for it nor fails with it; a failure is logged.
 */
export function createCommitSignal({ databaseUrl }: { databaseUrl: string }): CommitSignal {
  const writer = createWriter({ databaseUrl, silenceMs: SILENCE_MS })
  let isPending = false
  let running: Promise<void> | null = null

  async function run(): Promise<void> {
    while (isPending) {
      isPending = false
      await Promise.all([send(), sleep(INTERVAL_MS)])
    }
    running = null
  }

  async function send(): Promise<void> {
    try {
      await writer.run((client) => client.query(`NOTIFY ${COMMIT_CHANNEL}`))
    } catch (error) {
      log.warn({ err: error }, 'a commit could not be announced; live pages see it with the next one')
      writer.reset()
    }
  }

  return {
    announce: () => {
      isPending = true
      running ??= run()
    },
    close: async () => {
      await running
      writer.reset()
    },
  }
}
