import { z } from 'zod'
import { parseJson } from '../../platform/parse-json'
import type { SimulatedShape } from '../simulated-shape'
import type { ClientCall } from './conversation'

/** What a client takes out of an answer; null = an error came, or nothing a client could go on with. */
export type CollectedAnswer = { text: string; calls: ClientCall[] } | null

const chatCall = z.object({
  index: z.number().nullish(),
  id: z.string().nullish(),
  function: z.object({ name: z.string().nullish(), arguments: z.string().nullish() }).nullish(),
})
const chatMessage = z.object({ content: z.string().nullish(), tool_calls: z.array(chatCall).nullish() })
const chatAnswer = z.object({
  error: z.unknown().optional(),
  choices: z.array(z.object({ message: chatMessage.nullish(), delta: chatMessage.nullish() })).nullish(),
})
const block = z.object({
  type: z.string(),
  text: z.string().nullish(),
  id: z.string().nullish(),
  name: z.string().nullish(),
  input: z.unknown().optional(),
})
const messageAnswer = z.object({ type: z.string(), content: z.array(block).nullish() })
const messageEvent = z.object({
  type: z.string(),
  index: z.number().nullish(),
  content_block: block.nullish(),
  delta: z.object({ text: z.string().nullish(), partial_json: z.string().nullish() }).nullish(),
})

/** Reads a whole answer in its shape; null when it is an error or no answer at all. */
export function readWholeAnswer(shape: SimulatedShape, text: string): CollectedAnswer {
  const value = parseJson(text)
  if (shape === 'chat') {
    const message = chatAnswer.safeParse(value).data?.choices?.[0]?.message
    if (!message) return null
    const calls = (message.tool_calls ?? []).map(({ id, function: called }) => ({
      id: id ?? '',
      name: called?.name ?? '',
      arguments: called?.arguments ?? '',
    }))
    return { text: message.content ?? '', calls }
  }
  const answer = messageAnswer.safeParse(value).data
  if (answer?.type !== 'message') return null
  const blocks = answer.content ?? []
  return {
    text: blocks.map(({ text: part }) => part ?? '').join(''),
    calls: blocks.flatMap(({ type, id, name, input }) =>
      type === 'tool_use' ? [{ id: id ?? '', name: name ?? '', arguments: JSON.stringify(input) }] : [],
    ),
  }
}

export type AnswerCollector = {
  /** Takes the data of one event. */
  take: (data: string) => void
  /** Null when the stream brought an error or nothing. */
  end: () => CollectedAnswer
}

/** Puts the pieces of a streamed answer together again. */
export function createAnswerCollector(shape: SimulatedShape): AnswerCollector {
  const calls = new Map<number, ClientCall>()
  let text = ''
  let isBroken = false
  const callAt = (index: number) => {
    const call = calls.get(index) ?? { id: '', name: '', arguments: '' }
    calls.set(index, call)
    return call
  }
  const takeChat = (value: unknown) => {
    const chunk = chatAnswer.safeParse(value).data
    if (!chunk || chunk.error) isBroken = true
    const delta = chunk?.choices?.[0]?.delta
    text += delta?.content ?? ''
    for (const { index, id, function: called } of delta?.tool_calls ?? []) {
      const call = callAt(index ?? 0)
      call.id ||= id ?? ''
      call.name ||= called?.name ?? ''
      call.arguments += called?.arguments ?? ''
    }
  }
  const takeMessage = (value: unknown) => {
    const event = messageEvent.safeParse(value).data
    if (!event || event.type === 'error') isBroken = true
    if (event?.content_block?.type === 'tool_use')
      Object.assign(callAt(event.index ?? 0), {
        id: event.content_block.id ?? '',
        name: event.content_block.name ?? '',
      })
    text += event?.delta?.text ?? ''
    if (event?.delta?.partial_json) callAt(event.index ?? 0).arguments += event.delta.partial_json
  }
  return {
    take: (data) => {
      if (data.trim() === '[DONE]') return
      const value = parseJson(data)
      if (shape === 'chat') takeChat(value)
      else takeMessage(value)
    },
    end: () => (isBroken || (text === '' && calls.size === 0) ? null : { text, calls: [...calls.values()] }),
  }
}
