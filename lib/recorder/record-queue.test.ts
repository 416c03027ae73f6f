import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeBareRecord } from '../testing/make-record'
import { createRecordQueue, type QueuedRecord, type RecordingResult } from './record-queue'

const options = { apiKeyId: 1, nowMs: 1000 }

function records(count: number) {
  return Array.from({ length: count }, () => makeBareRecord({ startedAtMs: 0 }))
}

const accept = (result: RecordingResult) => {
  result.accepted += 1
}

describe('createRecordQueue', () => {
  test('answers a submission of nothing at once', async () => {
    const queue = createRecordQueue()
    await expect(queue.add([], options)).resolves.toEqual({
      accepted: 0,
      amended: 0,
      waiting: 0,
      duplicates: 0,
      refused: [],
    })
    expect(queue.isEmpty()).toBe(true)
  })

  test('takes out batches across submissions, in the order they came', () => {
    const queue = createRecordQueue({ maxBatch: 3 })
    const [first, second] = [records(2), records(3)]
    queue.add(first, options)
    queue.add(second, options)
    const taken = [queue.take(), queue.take(), queue.take()]
    expect(taken.map((batch) => batch.map(({ record }) => record))).toEqual([
      [...first, second[0]],
      second.slice(1),
      [],
    ])
    expect(queue.isEmpty()).toBe(true)
    expect(queue.unsettled()).toBe(5)
  })

  test('answers each submission once the last of its records is settled', async () => {
    const queue = createRecordQueue({ maxBatch: 2 })
    let answered: RecordingResult | null = null
    const answer = queue.add(records(3), options).then((result) => {
      answered = result
    })
    queue.settle(queue.take(), accept)
    await Promise.resolve()
    expect(answered).toBeNull()
    queue.settle(queue.take(), (result, item) => {
      result.refused.push(item.position)
    })
    await answer
    expect(answered).toEqual({ accepted: 2, amended: 0, waiting: 0, duplicates: 0, refused: [2] })
    expect(queue.unsettled()).toBe(0)
  })

  test('fails what is left of a submission with what was taken of it, and no other', async () => {
    const queue = createRecordQueue({ maxBatch: 2 })
    const failing = queue.add(records(3), options)
    const other = queue.add(records(1), options)
    queue.fail(queue.take(), new Error('gone'))
    await expect(failing).rejects.toThrow('gone')
    const rest = queue.take()
    expect(rest).toHaveLength(1)
    queue.settle(rest, accept)
    await expect(other).resolves.toMatchObject({ accepted: 1 })
    expect(queue.unsettled()).toBe(0)
  })

  test('takes a submission that starts below the mark whole, then nothing until some are settled', async () => {
    const queue = createRecordQueue({ maxQueued: 2 })
    queue.add(records(1), options)
    queue.add(records(5), options)
    await expect(queue.add(records(1), options)).rejects.toMatchObject({ code: 'unavailable' })
    queue.settle(queue.take(), accept)
    const later = queue.add(records(1), options)
    queue.settle(queue.take(), accept)
    await expect(later).resolves.toMatchObject({ accepted: 1 })
  })

  test('answers every submission exactly for its records, whatever is settled or fails in whatever pieces', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 8 })
    const fates = fc.array(fc.boolean(), { minLength: 60, maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(sizes, fates, fc.integer({ min: 1, max: 5 }), async (counts, areFailing, maxBatch) => {
        const queue = createRecordQueue({ maxBatch })
        const answers = counts.map((count) => queue.add(records(count), options).catch(() => null))
        const failed = new Set<QueuedRecord['submission']>()
        for (let batch = queue.take(), at = 0; batch.length > 0; batch = queue.take(), at++) {
          expect(batch.length).toBeLessThanOrEqual(maxBatch)
          expect(batch.some(({ submission }) => failed.has(submission))).toBe(false)
          if (!areFailing[at]) queue.settle(batch, accept)
          else {
            queue.fail(batch, new Error('gone'))
            for (const { submission } of batch) failed.add(submission)
          }
        }
        expect(queue.unsettled()).toBe(0)
        const results = await Promise.all(answers)
        expect(results.filter((result) => result === null)).toHaveLength(failed.size)
        for (const [index, result] of results.entries()) {
          if (result !== null) expect(result.accepted).toBe(counts[index])
        }
      }),
    )
  })
})
