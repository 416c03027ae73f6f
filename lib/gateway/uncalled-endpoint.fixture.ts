import type { EndpointCandidate } from './candidate'

/** An endpoint that nothing but its names is known of. */
export const UNCALLED_ENDPOINT: EndpointCandidate = {
  endpointId: 1,
  model: 'acme/atlas-120b',
  provider: 'helios',
  providerName: 'Helios',
  isEnabled: true,
  isConnected: true,
  promptMicroUsdPerMTok: null,
  cachedMicroUsdPerMTok: null,
  completionMicroUsdPerMTok: null,
  contextLength: null,
  quantization: null,
  supportsTools: null,
  supportsReasoning: null,
  supportsStructuredOutput: null,
  inputModalities: [],
  outputModalities: [],
  maxCompletionTokens: null,
  collectsData: null,
}
