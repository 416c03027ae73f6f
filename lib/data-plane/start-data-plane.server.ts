import { createRequestLog } from '../gateway/request-log.server'
import { readEnvironment } from '../platform/env.server'
import { AppError } from '../platform/errors'
import { processSingleton } from '../platform/process-singleton'
import { createCommitSignal } from '../recorder/commit-signal.server'
import { startFolder } from '../recorder/folder.server'
import { startMaintenance } from '../recorder/maintenance.server'
import { createRecorder } from '../recorder/recorder.server'
import { startRollupUpgrade } from '../recorder/upgrade-rollups.server'
import { createDataPlane, type DataPlane } from './data-plane.server'
import { withCors } from './with-cors'

export type RunningDataPlane = DataPlane & {
  /** Commits what was taken and stops the background work. */
  close: () => Promise<void>
}

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
    const recorder = createRecorder({ databaseUrl, onCommit: commitSignal.announce })
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
        await requestLog.close()
        await recorder.close()
        await commitSignal.close()
        await Promise.all([folder.stop(), maintenance.stop(), upgrade.stop()])
      },
    }
  })
}
