import { appendFile, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeRecord, makeRecords } from '../../testing/make-record'
import { claimOutboxFolder } from './claim-folder.server'
import { createOutbox, type Outbox } from './outbox.server'

const OPTIONS = { apiKeyId: 7, nowMs: Date.UTC(2026, 11, 1) }

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sightglass-outbox-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function openOutbox(maxBytes = 100_000_000): Outbox {
  return createOutbox({ openFolder: async () => folder, maxBytes })
}

async function idsIn(outbox: Outbox): Promise<string[]> {
  const entries = await outbox.oldest(Number.POSITIVE_INFINITY)
  return entries.flatMap(({ records }) => records.map(({ id }) => id))
}

describe('the outbox', () => {
  test('has after a kill what it acknowledged, in order and whole, and nothing once it is done', async () => {
    const records = makeRecords(2500, { startedAtMs: OPTIONS.nowMs, model: 'acme/atlas' })
    // Never closed, as by a kill.
    const killed = openOutbox()
    await killed.acknowledge(records, OPTIONS)
    await killed.keep(
      [makeRecord({ startedAtMs: OPTIONS.nowMs, sessionId: 'line\nbreak \u2028 “quoted”' })],
      OPTIONS,
    )

    const next = openOutbox()
    const entries = await next.oldest(Number.POSITIVE_INFINITY)
    expect(entries.flatMap((one) => one.records)).toEqual([
      ...records,
      expect.objectContaining({ sessionId: 'line\nbreak \u2028 “quoted”' }),
    ])
    expect(entries.every(({ entry }) => entry.apiKeyId === 7)).toBe(true)
    expect(next.holdsAcknowledged()).toBe(true)
    expect(next.state()).toMatchObject({ records: 2501, oldestAtMs: OPTIONS.nowMs })
    await next.done(entries.map(({ entry }) => entry))
    expect(next.state()).toMatchObject({ records: 0, bytes: 0, oldestAtMs: null, unstored: 0 })
    expect(await readdir(folder)).toEqual([])
    await next.close()
  })

  test('passes over a torn line and takes more behind it', async () => {
    const first = openOutbox()
    const [one, two] = [
      makeRecord({ startedAtMs: OPTIONS.nowMs }),
      makeRecord({ startedAtMs: OPTIONS.nowMs }),
    ]
    await first.acknowledge([one], OPTIONS)
    await first.close()
    await appendFile(path.join(folder, '00000001.log'), '0000ffff 12345678 {"half":')
    const second = openOutbox()
    await second.acknowledge([two], OPTIONS)
    expect(await idsIn(second)).toEqual([one.id, two.id])
    await second.close()
    const third = openOutbox()
    expect(await idsIn(third)).toEqual([one.id, two.id])
    await third.close()
  })

  test('keeps the last eighth for the gateway, then holds its records in memory', async () => {
    const outbox = openOutbox(1_000_000)
    const thousand = makeRecords(1000, { startedAtMs: OPTIONS.nowMs })
    const taken: number[] = []
    const fill = async () => {
      for (;;) {
        await outbox.acknowledge(thousand, OPTIONS)
        taken.push(thousand.length)
      }
    }
    await expect(fill()).rejects.toMatchObject({ code: 'unavailable', retryAfterSeconds: 5 })
    expect(taken.length).toBeGreaterThan(0)
    expect(outbox.state().bytes).toBeLessThan(875_000)
    await outbox.keep([makeRecord({ startedAtMs: OPTIONS.nowMs })], OPTIONS)
    expect(outbox.state().unstored).toBe(0)
    await outbox.keep(makeRecords(3000, { startedAtMs: OPTIONS.nowMs }), OPTIONS)
    expect(outbox.state()).toMatchObject({ unstored: 3000, records: taken.length * 1000 + 3001 })
    await outbox.close()
  })

  test.skipIf(os.platform() !== 'linux')(
    'on a full disk it refuses, clearly, and works again after',
    async () => {
      // Every write to /dev/full fails as on a full disk.
      await symlink('/dev/full', path.join(folder, '00000001.log'))
      const outbox = openOutbox()
      await expect(
        outbox.acknowledge([makeRecord({ startedAtMs: OPTIONS.nowMs })], OPTIONS),
      ).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('the outbox cannot be written'),
        cause: expect.objectContaining({ code: 'ENOSPC' }),
      })
      expect(outbox.state()).toMatchObject({ records: 0, bytes: 0 })
      const later = makeRecord({ startedAtMs: OPTIONS.nowMs })
      await outbox.acknowledge([later], OPTIONS)
      expect(await idsIn(outbox)).toEqual([later.id])
      await outbox.close()
    },
  )

  test('without a folder it acknowledges nothing and holds what the gateway keeps', async () => {
    const outbox = createOutbox({ openFolder: null, maxBytes: 0 })
    await expect(
      outbox.acknowledge([makeRecord({ startedAtMs: OPTIONS.nowMs })], OPTIONS),
    ).rejects.toMatchObject({ code: 'unavailable' })
    const kept = makeRecord({ startedAtMs: OPTIONS.nowMs })
    await outbox.keep([kept], OPTIONS)
    expect(await idsIn(outbox)).toEqual([kept.id])
  })

  test('each process on a data folder has one of its own, and takes over what the gone left', async () => {
    const [left, root] = [makeRecord({ startedAtMs: OPTIONS.nowMs }), path.join(folder, 'outbox')]
    const abandoned = path.join(root, '3')
    await mkdir(abandoned, { recursive: true })
    const gone = createOutbox({ openFolder: async () => abandoned, maxBytes: 1_000_000 })
    await gone.acknowledge([left], OPTIONS)
    const own = await claimOutboxFolder(folder)
    const others = await Promise.all([claimOutboxFolder(folder), claimOutboxFolder(folder)])
    expect([own, ...others.sort()]).toEqual(['1', '2', '3'].map((name) => path.join(root, name)))
    const outbox = createOutbox({ openFolder: async () => own, maxBytes: 1_000_000 })
    expect(await idsIn(outbox)).toEqual([left.id])
    expect(await readdir(abandoned)).toEqual([])
    await outbox.close()
  })
})
