import type { ApiShape } from '@/lib/records/vocabulary'

/** A request and its answer, in one shape: what every target is asked, and what the upstream says. */
export type Exchange = {
  apiShape: ApiShape
  /** The version in the shape's addresses. */
  version: 'v1' | 'v1beta'
  /** What comes after the version. */
  pathOf: (asked: Asked) => string
  requestOf: (asked: Asked) => string
  /** The upstream's whole answer. */
  answer: () => string
  /** The upstream's streamed answer, as server-sent events. */
  events: () => string[]
  /** What stands in every right answer, whole and streamed. */
  marks: readonly string[]
  /** Events at a pace before those of the streamed answer. */
  paced?: PacedFrames
}
export type Asked = { model: string; isStream: boolean }

export type PacedFrames = {
  frames: number
  everyMs: number
  eventOf: (frame: Frame) => string
}
/** A numbered piece of text and when it was written, by a clock that all processes of a machine share. */
export type Frame = { number: number; writtenAtMs: number }

/** One small tool-calling answer in pieces, the same in every shape. */
export const TEXT_PIECES = ['Let', ' me', ' look', ' at', ' the', ' weather.']
export const ARGUMENT_PIECES = [
  '{"city',
  '":"',
  'Lis',
  'bon',
  '","',
  'unit',
  '":"',
  'celsius',
  '","',
  'days',
  '":[0,1]}',
]
export const TEXT = TEXT_PIECES.join('')
export const ARGUMENTS = ARGUMENT_PIECES.join('')
export const TOKENS = { prompt: 142, completion: 31 } as const
export const CREATED_SECONDS = 1_760_000_000
export const UPSTREAM_MODEL = 'atlas-120b'

/** What leads to it. */
export const INSTRUCTIONS = 'You help travellers. Call a tool when you need data.'
export const QUESTION = 'Is it warm in Lisbon today and tomorrow?'
const PARAMETERS = {
  type: 'object',
  properties: {
    city: { type: 'string', description: 'Name of the city' },
    unit: { type: 'string', enum: ['celsius', 'fahrenheit'] },
    days: { type: 'array', items: { type: 'integer', minimum: 0, maximum: 14 }, maxItems: 7 },
  },
  required: ['city', 'unit'],
  additionalProperties: false,
} as const
export const TOOLS = [
  { name: 'get_weather', description: 'Weather of the next days', parameters: PARAMETERS },
  { name: 'get_climate', description: 'Averages of a month', parameters: PARAMETERS },
] as const
