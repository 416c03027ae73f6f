import { z } from 'zod'
import { parseJson } from '../platform/parse-json'
import type { RawToolCall } from '../records/check-tool-calls'
import { type ClientAnswer, NOTHING_RECEIVED } from './client-answer'
import { readRouterNotes, wireMetadata } from './router-notes'

const wireChunk = z.object({
  id: z.string().nullish(),
  provider: z.string().nullish(),
  model: z.string().nullish(),
  error: z.object({ message: z.string().nullish() }).nullish(),
  openrouter_metadata: wireMetadata.nullish().catch(null),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        delta: z
          .object({
            tool_calls: z
              .array(
                z.object({
                  index: z.number().nullish(),
                  function: z
                    .object({ name: z.string().nullish(), arguments: z.string().nullish() })
                    .nullish(),
                }),
              )
              .nullish(),
          })
          .nullish(),
      }),
    )
    .nullish(),
})

export type StreamCollector = {
  /** Takes the data of one event. */
  take: (data: string) => void
  /** Ends the stream; `problem` says why when it did not end by itself. */
  end: (problem: string | null) => ClientAnswer
}

/**
 * Puts a streamed chat completion together again. An error chunk, data that is no JSON, and an end before `[DONE]` or a
 * finish reason are `mid_stream`: the client had begun to read. Never throws.
 */
export function createStreamCollector(): StreamCollector {
  const answer: ClientAnswer = { ...NOTHING_RECEIVED }
  const callsByIndex = new Map<number, RawToolCall & { arguments: string }>()
  let isDone = false
  let triedLast: string | null = null

  const fail = (message: string): void => {
    answer.failure ??= { errorClass: 'mid_stream', message }
  }
  return {
    take: (data) => {
      if (data.trim() === '[DONE]') {
        isDone = true
        return
      }
      const parsed = wireChunk.safeParse(parseJson(data))
      if (!parsed.success) return fail(`A chunk of the stream cannot be read: ${data.slice(0, 200)}`)
      const { id, provider, model, error, choices } = parsed.data
      answer.generationId = id ?? answer.generationId
      const notes = readRouterNotes(parsed.data.openrouter_metadata)
      triedLast = notes.provider ?? triedLast
      answer.presetVersion = notes.presetVersion ?? answer.presetVersion
      answer.provider = provider ?? answer.provider
      answer.model = model ?? answer.model
      if (error) fail(error.message || 'The stream ended with an error.')
      const choice = choices?.[0]
      answer.finishReason = choice?.finish_reason ?? answer.finishReason
      for (const delta of choice?.delta?.tool_calls ?? []) {
        const index = delta.index ?? 0
        const call = callsByIndex.get(index) ?? { name: '', arguments: '' }
        // Some providers repeat the whole name in every chunk.
        call.name ||= delta.function?.name ?? ''
        call.arguments += delta.function?.arguments ?? ''
        callsByIndex.set(index, call)
      }
    },
    end: (problem) => {
      if (problem !== null) fail(problem)
      else if (answer.finishReason === 'error') fail('The stream ended with an error.')
      else if (!isDone && answer.finishReason === null) fail('The stream ended before the answer did.')
      const toolCalls = [...callsByIndex].sort(([a], [b]) => a - b).map(([, call]) => call)
      answer.provider = triedLast ?? answer.provider
      return { ...answer, toolCalls: answer.failure ? [] : toolCalls }
    },
  }
}
