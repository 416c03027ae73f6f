import type { SignIn } from '../catalog/sign-in'
import type { ApiShape, InputModality, OutputModality, Quantization } from '../records/vocabulary'

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

/** What it takes to call a candidate. */
export type Connection = {
  apiShape: ApiShape
  /** Where completions are posted: scheme and host, and the path with its query. */
  origin: string
  path: string
  /** Headers that every request carries, the shape's and the key's. */
  headers: Readonly<Record<string, string>>
  signIn: SignIn
  upstreamModel: string
  allowPrivateNetwork: boolean
}
