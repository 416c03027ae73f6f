import type { Endpoint, EndpointSuggestionAnswer, PutEndpointBody } from '@/lib/catalog/schema'
import type { Quantization } from '@/lib/records/vocabulary'

/** The texts of the endpoint form as they stand in its fields; numbers are read when it is sent. */
export type EndpointInput = {
  model: string
  upstreamModel: string
  promptUsdPerMTok: string
  cachedUsdPerMTok: string
  completionUsdPerMTok: string
  contextLength: string
  quantization: Quantization | ''
  supportsTools: 'yes' | 'no' | ''
  enabled: boolean
}

/** Fields that the price table can fill. */
export const SUGGESTED_FIELDS = [
  'promptUsdPerMTok',
  'cachedUsdPerMTok',
  'completionUsdPerMTok',
  'contextLength',
] as const
export type SuggestedField = (typeof SUGGESTED_FIELDS)[number]

export const EMPTY_ENDPOINT: EndpointInput = {
  model: '',
  upstreamModel: '',
  promptUsdPerMTok: '',
  cachedUsdPerMTok: '',
  completionUsdPerMTok: '',
  contextLength: '',
  quantization: '',
  supportsTools: '',
  enabled: true,
}

/** An endpoint as the form starts with it. */
export function inputOf(endpoint: Endpoint): EndpointInput {
  return {
    model: endpoint.model,
    upstreamModel: endpoint.upstreamModel,
    promptUsdPerMTok: textOf(endpoint.promptUsdPerMTok),
    cachedUsdPerMTok: textOf(endpoint.cachedUsdPerMTok),
    completionUsdPerMTok: textOf(endpoint.completionUsdPerMTok),
    contextLength: textOf(endpoint.contextLength),
    quantization: endpoint.quantization ?? '',
    supportsTools: endpoint.supportsTools === null ? '' : endpoint.supportsTools ? 'yes' : 'no',
    enabled: endpoint.enabled,
  }
}

/** The form with what the price table knows in the fields that nobody has touched. */
export function withSuggestion({
  input,
  suggestion,
  touched,
}: {
  input: EndpointInput
  suggestion: EndpointSuggestionAnswer | undefined
  touched: ReadonlySet<SuggestedField>
}): EndpointInput {
  if (suggestion === undefined) return input
  const filled = { ...input }
  for (const field of SUGGESTED_FIELDS) {
    if (!touched.has(field) && input[field] === '') filled[field] = textOf(suggestion[field])
  }
  return filled
}

/**
 * What the form sends: an empty field is null, so that clearing one clears the value. Text that is no number stays NaN,
 * which the contract refuses beside its field.
 */
export function toBody({ input, provider }: { input: EndpointInput; provider: string }): PutEndpointBody {
  return {
    provider,
    model: input.model.trim(),
    upstreamModel: input.upstreamModel.trim() === '' ? null : input.upstreamModel.trim(),
    promptUsdPerMTok: numberOf(input.promptUsdPerMTok),
    cachedUsdPerMTok: numberOf(input.cachedUsdPerMTok),
    completionUsdPerMTok: numberOf(input.completionUsdPerMTok),
    contextLength: numberOf(input.contextLength),
    quantization: input.quantization === '' ? null : input.quantization,
    supportsTools: input.supportsTools === '' ? null : input.supportsTools === 'yes',
    enabled: input.enabled,
  }
}

/** `$2.50`, `128,000` and `128 000` are numbers too. */
function numberOf(text: string): number | null {
  const bare = text.replaceAll(/[\s,$_]/g, '')
  return bare === '' ? null : Number(bare)
}

function textOf(value: number | null): string {
  return value === null ? '' : String(value)
}
