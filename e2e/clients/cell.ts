import type { Shape } from './providers/start-providers'

/** Where a client is pointed. */
export type Target = {
  /** Without a path: a client that wants one adds `/api/v1`. */
  origin: string
  key: string
  model: string
}

/** What a client needs to know to run once. */
export type Setup = Target & {
  prompt: string
  /** Where its packages are installed. */
  install: string
  /** Its home, empty but for the files it asks for, gone afterwards. */
  home: string
  /** The folder it works in, with the note. */
  folder: string
}

/** How to start a client without anybody at the keyboard. */
export type Invocation = {
  command: string
  args: readonly string[]
  env?: Readonly<Record<string, string>>
  /** Its settings, by their path below its home. */
  files?: Readonly<Record<string, string>>
}

/** One row of the table. */
export type Client = {
  name: string
  /** The wire shape it speaks to the gateway. */
  speaks: Shape
  packages: Readonly<Record<string, string>>
  /** The providers it is tried at; all four when left out. */
  at?: readonly Shape[]
  /** False where what it calls has no stream. */
  isStreamed?: boolean
  /** Words that its output ends with; the sentence with the note's word when left out. */
  says?: string
  start: (setup: Setup) => Invocation
}

/** What a client and the gateway said to each other. */
export type Exchange = {
  method: string
  path: string
  requestBody: string
  status: number
  contentType: string
  responseBody: string
}

/** How one cell of the table came out. */
export type Outcome = {
  client: string
  shape: Shape
  /** Null when the loop went as it should. */
  problem: string | null
  /** The request that failed, where one did. */
  exchange: Exchange | null
  /** Where all that was said is written down. */
  log: string
  seconds: number
}
