import { type FileHandle, mkdir, open, readdir, readFile, stat, unlink } from 'node:fs/promises'
import path from 'node:path'
import { log } from '../../platform/log.server'
import { decodeFrame, encodeFrame, type FramePlace, readFrames } from './frame'

/** A segment that has grown to this is followed by another; it can go once all its entries are committed. */
const SEGMENT_BYTES = 16 * 1024 * 1024

/** Where an entry lies on disk. */
export type Place = FramePlace & { segment: number }

/** Append-only files of entries in one folder. */
export type Segments = {
  /**
   * Appends entries, several callers' in one write; resolves when they are in the file, and with `sync` when they are
   * on the disk. Rejects with what the file system says, and then nothing of them is there.
   */
  append: (texts: readonly string[], options: { sync: boolean }) => Promise<Place[]>
  /** The text of an entry; null when it is no longer as it was written. */
  read: (place: Place) => Promise<string | null>
  /** Deletes a segment whose entries are all done; the one that is written to gives way to a new one. */
  remove: (segment: number) => Promise<void>
  /** All segments, oldest first. */
  all: () => number[]
  /** Bytes of all files. */
  bytes: () => number
  /** The segment that is written to; null when the next append begins one. */
  current: () => number | null
  close: () => Promise<void>
}

type Group = {
  frames: Buffer[]
  sync: boolean
  resolve: (places: Place[]) => void
  reject: (error: unknown) => void
}

/**
 * Opens the segments of a folder, which is made when it is missing; `onFound` is told of each entry that an earlier
 * process left, oldest first. Throws what the file system says.
 */
export async function openSegments(
  folder: string,
  onFound: (place: Place, text: string) => void,
): Promise<Segments> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const sizes = new Map<number, number>()
  for (const segment of await listSegments(folder)) {
    const content = await readFile(fileOf(folder, segment))
    const { frames, damagedBytes } = readFrames(content)
    if (damagedBytes > 0) {
      // A torn end was never acknowledged; anything else is a damaged disk, and worth the same line.
      log.warn({ segment, damagedBytes }, 'the outbox holds bytes that are no entry; they are passed over')
    }
    sizes.set(segment, content.length)
    for (const { offset, length, text } of frames) onFound({ segment, offset, length }, text)
  }
  return writeSegments(folder, sizes)
}

function writeSegments(folder: string, sizes: Map<number, number>): Segments {
  let last = Math.max(0, ...sizes.keys())
  let writing: { segment: number; file: FileHandle; offset: number } | null = null
  let waiting: Group[] = []
  let flushing: Promise<void> | null = null

  async function writable(): Promise<{ segment: number; file: FileHandle; offset: number }> {
    if (writing !== null && writing.offset >= SEGMENT_BYTES) await leaveSegment()
    if (writing === null) {
      const file = await open(fileOf(folder, last + 1), 'a+', 0o600)
      last += 1
      writing = { segment: last, file, offset: 0 }
      sizes.set(last, 0)
      await syncFolder(folder)
    }
    return writing
  }

  /** Never writes to it again: what a failed write left at its end stays the end. */
  async function leaveSegment(): Promise<void> {
    const { file } = writing ?? {}
    writing = null
    await file?.close().catch(() => {})
  }

  async function write(groups: readonly Group[]): Promise<void> {
    const target = await writable()
    const bytes = Buffer.concat(groups.flatMap(({ frames }) => frames))
    try {
      await writeFully(target.file, bytes)
      if (groups.some(({ sync }) => sync)) await target.file.datasync()
    } catch (error) {
      await target.file.truncate(target.offset).catch(() => {})
      sizes.set(target.segment, target.offset)
      await leaveSegment()
      if (target.offset === 0) await removeFile(target.segment)
      throw error
    }
    let offset = target.offset
    target.offset += bytes.length
    sizes.set(target.segment, target.offset)
    for (const { frames, resolve } of groups) {
      resolve(
        frames.map(({ length }) => {
          const place = { segment: target.segment, offset, length }
          offset += length
          return place
        }),
      )
    }
  }

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const groups = waiting
      waiting = []
      try {
        await write(groups)
      } catch (error) {
        for (const { reject } of groups) reject(error)
      }
    }
    flushing = null
  }

  async function removeFile(segment: number): Promise<void> {
    sizes.delete(segment)
    await unlink(fileOf(folder, segment)).catch((error: unknown) =>
      log.warn({ err: error, segment }, 'a segment of the outbox could not be deleted; it is read once more'),
    )
  }

  return {
    append: (texts, { sync }) =>
      new Promise((resolve, reject) => {
        waiting.push({ frames: texts.map(encodeFrame), sync, resolve, reject })
        flushing ??= flush()
      }),
    read: async ({ segment, offset, length }) => {
      const file = await open(fileOf(folder, segment), 'r')
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset)
        return bytesRead === length ? decodeFrame(buffer.subarray(0, length - 1)) : null
      } finally {
        await file.close()
      }
    },
    remove: async (segment) => {
      if (writing?.segment === segment) await leaveSegment()
      await removeFile(segment)
    },
    all: () => [...sizes.keys()],
    bytes: () => [...sizes.values()].reduce((sum, size) => sum + size, 0),
    current: () => writing?.segment ?? null,
    close: async () => {
      await flushing
      await leaveSegment()
    },
  }
}

/** A disk that is nearly full takes a part, and says so at the next try. */
async function writeFully(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, written)
    written += bytesWritten
  }
}

async function listSegments(folder: string): Promise<number[]> {
  const numbers: number[] = []
  for (const name of await readdir(folder)) {
    const number = /^(\d{8})\.log$/.exec(name)?.[1]
    if (number !== undefined && (await stat(path.join(folder, name))).isFile()) numbers.push(Number(number))
  }
  return numbers.sort((a, b) => a - b)
}

function fileOf(folder: string, segment: number): string {
  return path.join(folder, `${String(segment).padStart(8, '0')}.log`)
}

/** The name of a new file is on the disk only after this. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } catch {
    // Some file systems and Windows know no such thing.
  } finally {
    await handle.close()
  }
}
