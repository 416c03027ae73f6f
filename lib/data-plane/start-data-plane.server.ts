import { createRequestLog } from '../gateway/request-log.server'
import { readEnvironment } from '../platform/env.server'
import { AppError } from '../platform/errors'
import { reportHealth } from '../platform/health.server'
import { processSingleton } from '../platform/process-singleton'
import { createCommitSignal } from '../recorder/commit-signal.server'
import { startFolder } from '../recorder/folder.server'
import { startMaintenance } from '../recorder/maintenance.server'
import { claimOutboxFolder } from '../recorder/outbox/claim-folder.server'
import { describeOutbox } from '../recorder/outbox/describe-outbox'
import { createOutbox } from '../recorder/outbox/outbox.server'
import { createRecorder } from '../recorder/recorder.server'
import { startRollupUpgrade } from '../recorder/upgrade-rollups.server'
import { createDataPlane, type DataPlane } from './data-plane.server'
import { withCors } from './with-cors'

export type RunningDataPlane = DataPlane & {
  /** Commits what was taken, within a few seconds, leaves the rest to the outbox, and stops the background work. */
  close: () => Promise<void>
}

/** What is not committed by then is left to the outbox: who stops us kills us after ten seconds. */
const CLOSE_WITHIN_MS = 3000

/**
 * The data plane of this process with its recorder, folder and maintenance, started at the first call: by our server
 * at start, or by the first request where plain Next hosts the app.
 * Throws `unavailable` when no database is configured.
 */
export function startDataPlane(): RunningDataPlane {
  return processSingleton('data-plane', () => {
    const environment = readEnvironment()
    const { DATABASE_URL: databaseUrl } = environment
    if (!databaseUrl) throw new AppError('unavailable', 'No database is configured in this process.')
    const commitSignal = createCommitSignal({ databaseUrl })
    const outbox = createOutbox({
      openFolder: () => claimOutboxFolder(environment.SIGHTGLASS_DATA_DIR),
      maxBytes: environment.SIGHTGLASS_OUTBOX_MAX_BYTES,
    })
    const recorder = createRecorder({ databaseUrl, outbox, onCommit: commitSignal.announce })
    reportHealth('outbox', () => describeOutbox(outbox.state(), Date.now()))
    const requestLog = createRequestLog(recorder)
    const folder = startFolder({ databaseUrl })
    const maintenance = startMaintenance({ databaseUrl })
    const upgrade = startRollupUpgrade({ databaseUrl })
    const dataPlane = createDataPlane({
      recorder,
      requestLog,
      budget: {
        silenceMs: environment.SIGHTGLASS_SILENCE_TIMEOUT_MS,
        answerMs: environment.SIGHTGLASS_ANSWER_TIMEOUT_MS,
      },
    })
    return {
      fetch: withCors(dataPlane.fetch, environment.SIGHTGLASS_CORS_ORIGINS),
      close: async () => {
        await requestLog.close({ withinMs: CLOSE_WITHIN_MS / 2 })
        await recorder.close({ withinMs: CLOSE_WITHIN_MS / 2 })
        await Promise.all([commitSignal.close(), folder.stop(), maintenance.stop(), upgrade.stop()])
      },
    }
  })
}
