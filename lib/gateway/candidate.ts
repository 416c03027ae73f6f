import type { SignIn } from '../catalog/sign-in'
import type { Mask } from '../platform/mask-secrets'
import type { ApiShape, InputModality, OutputModality, Quantization } from '../records/vocabulary'
import type { Edit, LearnedEdit } from '../shapes/rules/schema'

/** One model at one provider as the router sees it. Prices are micro-USD per million tokens; null = not known. */
export type EndpointCandidate = {
  endpointId: number
  /** `author/slug`. */
  model: string
  /** Slug. */
  provider: string
  providerName: string
  isEnabled: boolean
  /** Whether its provider has a base URL and is enabled. */
  isConnected: boolean
  promptMicroUsdPerMTok: number | null
  cachedMicroUsdPerMTok: number | null
  completionMicroUsdPerMTok: number | null
  contextLength: number | null
  quantization: Quantization | null
  /** Null = not said, which counts as yes; as the two after it. */
  supportsTools: boolean | null
  supportsReasoning: boolean | null
  supportsStructuredOutput: boolean | null
  /** Empty = not said. */
  inputModalities: readonly InputModality[]
  outputModalities: readonly OutputModality[]
  /** Most tokens of one answer. */
  maxCompletionTokens: number | null
  /** Null = not said, which counts as collecting. */
  collectsData: boolean | null
}

/** Where something is posted: scheme and host, and the path with its query. */
export type Address = { origin: string; path: string }

/** What it takes to call a candidate. */
export type Connection = {
  apiShape: ApiShape
  /** For whole answers and for streams, which Gemini's shape asks for at different paths. */
  whole: Address
  stream: Address
  /** What an SDK of the shape would be given. */
  baseUrl: string
  /** A URL of the provider, signed in as far as its query goes. */
  addressOf: (url: string) => Address
  /** Of an operation that is passed on as it is; null = providers of the shape have none. */
  operationAt: (path: string) => Address | null
  /** Headers that every request carries, the shape's and the key's. */
  headers: Readonly<Record<string, string>>
  signIn: SignIn
  /** Takes what is sent as a credential out of everything that the provider says. */
  mask: Mask
  upstreamModel: string
  /** What its shape and its vendor ask for. */
  edits: readonly Edit[]
  /** What it taught by refusing, as stored. */
  lessons: readonly LearnedEdit[]
  allowPrivateNetwork: boolean
}
