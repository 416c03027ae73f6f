/** Twelve bits an id and eight of them looked at: one in three hundred that was never added may seem to be there. */
const BITS_PER_ID = 12
const PROBES = 8
const FIRST_BITS = 2 ** 22

/** Ids that may have been added, of which it never forgets one (a Bloom filter that grows). */
export type IdFilter = {
  add: (id: string) => void
  /** As `add`, for an id as its 16 bytes from `offset` on. */
  addBytes: (bytes: Buffer, offset: number) => void
  /** False = it was never added. */
  mayHave: (id: string) => boolean
  /** Ids added. */
  size: () => number
}

type Segment = { words: Uint32Array; bits: number; room: number }

/** An empty filter of half a megabyte; it doubles its room whenever it is full. */
export function createIdFilter(): IdFilter {
  const segments: Segment[] = [createSegment(FIRST_BITS)]
  let size = 0

  function addHash(a: number, b: number): void {
    let last = segments[segments.length - 1] ?? createSegment(FIRST_BITS)
    if (last.room === 0) {
      last = createSegment(last.bits * 2)
      segments.push(last)
    }
    last.room -= 1
    size += 1
    for (let probe = 0; probe < PROBES; probe++) {
      const bit = ((a + Math.imul(probe, b)) >>> 0) & (last.bits - 1)
      last.words[bit >>> 5] = (last.words[bit >>> 5] ?? 0) | (1 << (bit & 31))
    }
  }

  function hasHash(a: number, b: number): boolean {
    return segments.some(({ words, bits }) => {
      for (let probe = 0; probe < PROBES; probe++) {
        const bit = ((a + Math.imul(probe, b)) >>> 0) & (bits - 1)
        if (((words[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return false
      }
      return true
    })
  }

  return {
    add: (id) => addHash(firstWord(id), lastWord(id)),
    addBytes: (bytes, offset) => addHash(bytes.readUInt32BE(offset), bytes.readUInt32BE(offset + 12) | 1),
    mayHave: (id) => hasHash(firstWord(id), lastWord(id)),
    size: () => size,
  }
}

function createSegment(bits: number): Segment {
  return { words: new Uint32Array(bits / 32), bits, room: Math.floor(bits / BITS_PER_ID) }
}

/** An id is a hash itself (record-id.ts), so that its own bits will do. */
function firstWord(id: string): number {
  return Number.parseInt(id.slice(0, 8), 16)
}

function lastWord(id: string): number {
  return Number.parseInt(id.slice(28), 16) | 1
}

/** Ids as their bytes, 16 each. */
export function bytesOfIds(ids: readonly string[]): Buffer {
  return Buffer.from(ids.join('').replaceAll('-', ''), 'hex')
}

/** The ids of such bytes. */
export function idsOfBytes(bytes: Buffer): string[] {
  const hex = bytes.toString('hex')
  return Array.from({ length: bytes.length / 16 }, (_, index) => {
    const id = hex.slice(32 * index, 32 * index + 32)
    return `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`
  })
}
