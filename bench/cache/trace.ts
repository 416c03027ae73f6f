import { readFile } from 'node:fs/promises'
import { z } from 'zod'

/** One request of the trace: a block stands for 512 tokens of its prompt, the last one for what is left. */
const line = z.object({
  timestamp: z.number(),
  input_length: z.number(),
  output_length: z.number(),
  hash_ids: z.array(z.number()).min(1),
})

export type TracedRequest = {
  /** Milliseconds since the trace began. */
  atMs: number
  promptTokens: number
  completionTokens: number
  blocks: number[]
  /** As a chat client would send it. */
  messages: { role: 'system' | 'user'; content: string }[]
}

const CHARACTERS_PER_BLOCK = 2048

/**
 * Kimi's conversation trace (kvcache-ai/Mooncake, FAST25-release/traces/conversation_trace.jsonl) as chat requests. The
 * trace names no conversations, and none is told to the gateway: the first block, which all share, is the system text,
 * and a request that continues an earlier one repeats that one's first message. What continues another is read as
 * narrowly as it can be: it must begin with all full blocks of the other and be longer.
 */
export async function readTrace(file: string): Promise<TracedRequest[]> {
  const lines = (await readFile(file, 'utf8')).trim().split('\n')
  /** By all full blocks of a conversation's shortest request: how long that was, and its first message. */
  const known = new Map<string, { promptTokens: number; first: FirstMessage }>()
  return lines.map((text) => {
    const { timestamp, input_length, output_length, hash_ids } = line.parse(JSON.parse(text))
    const first = firstMessageOf(hash_ids, input_length, known)
    const full = hash_ids.slice(0, -1)
    const kept = known.get(full.join())
    if (full.length > 1 && (kept === undefined || kept.promptTokens > input_length)) {
      known.set(full.join(), { promptTokens: input_length, first })
    }
    return {
      atMs: timestamp,
      promptTokens: input_length,
      completionTokens: output_length,
      blocks: hash_ids,
      messages: messagesOf(hash_ids, first),
    }
  })
}

/** The blocks of a conversation's first message after the system text, and the one that it left unfinished. */
type FirstMessage = { blocks: number[]; rest: number }

function firstMessageOf(
  blocks: readonly number[],
  promptTokens: number,
  known: ReadonlyMap<string, { promptTokens: number; first: FirstMessage }>,
): FirstMessage {
  for (let length = blocks.length; length > 1; length--) {
    const earlier = known.get(blocks.slice(0, length).join())
    if (earlier && promptTokens > earlier.promptTokens) return earlier.first
  }
  return { blocks: blocks.slice(1, -1), rest: blocks.at(-1) ?? 0 }
}

function messagesOf(blocks: readonly number[], first: FirstMessage): TracedRequest['messages'] {
  const [system = 0, ...others] = blocks
  return [
    { role: 'system', content: blockText(system) },
    { role: 'user', content: `${first.blocks.map(blockText).join('')}~${first.rest}` },
    { role: 'user', content: others.slice(first.blocks.length).map(blockText).join('') },
  ]
}

/** A text that stands for a block: the same for the same id, of about 512 tokens. */
function blockText(id: number): string {
  return `#${id} `.padEnd(CHARACTERS_PER_BLOCK, 'of the conversation ')
}

/** The blocks that a prompt's texts stand for. */
export function blocksOf(messages: readonly { content: string }[]): number[] {
  return messages.flatMap(({ content }) => [...content.matchAll(/#(\d+) /g)].map(([, id]) => Number(id)))
}
