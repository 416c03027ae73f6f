import type { Exchange, Frame } from '../exchange'
import { chat, textEvent } from './chat'

/** A chat stream as slow as a model writes: numbered frames for six seconds, then the tool call. */
export const paced: Exchange = {
  ...chat,
  paced: {
    frames: 120,
    everyMs: 50,
    eventOf: ({ number, writtenAtMs }) => textEvent(`#${number}@${writtenAtMs.toFixed(2)} `),
  },
}

/** The frames in a text that such a stream was handed on as. */
export function framesIn(text: string): Frame[] {
  return [...text.matchAll(/#(\d+)@([\d.]+) /g)].map(([, number, writtenAtMs]) => ({
    number: Number(number),
    writtenAtMs: Number(writtenAtMs),
  }))
}

/** Milliseconds by the clock that all processes of this machine share. */
export function sharedNowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
