import { expect, test } from 'vitest'
import { runEvery } from './run-every.server'

const NEVER_MS = 3_600_000

/** Work of which each run waits to be let go. */
function stepwise() {
  const runs: { finish: () => void; fail: () => void }[] = []
  const work = () =>
    new Promise<undefined>((resolve, reject) => {
      runs.push({ finish: () => resolve(undefined), fail: () => reject(new Error('as the test wants')) })
    })
  return { runs, work }
}

test('runs at once, comes round after its rest, and goes on after a failure', async () => {
  const { runs, work } = stepwise()
  const job = runEvery({ name: 'test', everyMs: 1, work })
  runs[0]?.fail()
  await expect.poll(() => runs.length).toBe(2)
  runs[1]?.finish()
  await expect.poll(() => runs.length).toBe(3)
  const stopped = job.stop()
  runs[2]?.finish()
  await stopped
  expect(runs.length).toBe(3)
})

test('a run that is asked for begins after the one that is under way, and is waited for', async () => {
  const { runs, work } = stepwise()
  const job = runEvery({ name: 'test', everyMs: NEVER_MS, work })
  let isOver = false
  const asked = Promise.all([job.runNow(), job.runNow()]).then(() => {
    isOver = true
  })
  runs[0]?.finish()
  await expect.poll(() => runs.length).toBe(2)
  expect(isOver).toBe(false)
  runs[1]?.finish()
  await asked
  const again = job.runNow()
  await expect.poll(() => runs.length).toBe(3)
  runs[2]?.finish()
  await again
  await job.stop()
})

test('work that is done does not come round, and asking for it ends', async () => {
  let runs = 0
  const job = runEvery({
    name: 'test',
    everyMs: 0,
    work: async () => {
      runs += 1
      return 'done'
    },
  })
  await job.runNow()
  await job.stop()
  expect(runs).toBe(1)
})

test('rests as long as it is told of how long the work took', async () => {
  const rests: number[] = []
  const job = runEvery({
    name: 'test',
    everyMs: 0,
    restMs: (tookMs) => {
      rests.push(tookMs)
      return rests.length < 3 ? 0 : NEVER_MS
    },
    work: async () => undefined,
  })
  await expect.poll(() => rests.length).toBe(3)
  await job.stop()
})
