import { db } from '../platform/db.server'
import { AppError } from '../platform/errors'
import { unknownTrial } from './read-trials.server'
import { REPORT_GRACE_MS } from './report-grace'
import type { ReportTrialBody } from './schema'
import { toStoredCall } from './store-call'

/**
 * Keeps finished calls of a trial, notes that its runner lives, and ends it when the report says so; sending a call
 * again changes nothing. Answers whether somebody pressed stop. Throws `not_found`, `forbidden` when `reporter` is not
 * who started the trial, `conflict` when it ended a while ago, and `validation_failed` for calls it does not have.
 */
export async function reportCalls({
  id,
  reporter,
  report: { calls, status, problem },
}: {
  id: string
  reporter: { origin: 'page' } | { origin: 'command'; actor: string }
  report: ReportTrialBody
}): Promise<{ isStopped: boolean }> {
  return db().$transaction(async (transaction) => {
    // The row is locked first, so that a stop and the last report do not overwrite each other.
    await transaction.$queryRaw`SELECT 1 FROM trial WHERE id = ${id}::uuid FOR UPDATE`
    const trial = await transaction.trial.findUnique({ where: { id } })
    if (!trial) throw unknownTrial(id)
    if (reporter.origin !== trial.origin) {
      throw new AppError('conflict', 'The server makes the calls of this trial itself and takes no reports.')
    }
    if (reporter.origin === 'command' && reporter.actor !== trial.creator) {
      throw new AppError('forbidden', `Only ${trial.creator}, who started this trial, reports its calls.`)
    }
    const now = new Date()
    if (trial.endedAt !== null && now.getTime() - trial.endedAt.getTime() > REPORT_GRACE_MS) {
      throw new AppError('conflict', `This trial ended at ${trial.endedAt.toISOString()}.`)
    }
    refuseUnknownCalls(calls, trial.calls)
    await transaction.trialCall.createMany({
      data: calls.map((call) => toStoredCall({ trialId: id, call })),
      skipDuplicates: true,
    })
    const isRunning = trial.status === 'running'
    await transaction.trial.update({
      where: { id },
      data: {
        seenAt: now,
        ...(isRunning && status ? { status, endedAt: now, problem: problem ?? null } : {}),
      },
    })
    return { isStopped: !isRunning }
  })
}

function refuseUnknownCalls(calls: ReportTrialBody['calls'], planned: number): void {
  const details = calls.flatMap(({ index }, place) =>
    index < planned ? [] : [{ path: `calls.${place}.index`, message: `expected less than ${planned}` }],
  )
  if (details.length === 0) return
  throw new AppError('validation_failed', 'The report holds calls that this trial does not have.', {
    details,
  })
}
