import type { Endpoint, EndpointSuggestionAnswer, PutEndpointBody } from '@/lib/catalog/schema'
import type { InputModality, OutputModality, Quantization } from '@/lib/records/vocabulary'

/** The texts of the endpoint form as they stand in its fields; numbers are read when it is sent. */
export type EndpointInput = {
  model: string
  upstreamModel: string
  promptUsdPerMTok: string
  cachedUsdPerMTok: string
  completionUsdPerMTok: string
  contextLength: string
  quantization: Quantization | ''
  supportsTools: YesNo
  supportsReasoning: YesNo
  supportsStructuredOutput: YesNo
  /** Empty = not said. */
  inputModalities: InputModality[]
  outputModalities: OutputModality[]
  maxCompletionTokens: string
  enabled: boolean
}
/** Empty = not said. */
export type YesNo = 'yes' | 'no' | ''

/** Fields that the price table and what is known of the model's family can fill. */
export const SUGGESTED_FIELDS = [
  'promptUsdPerMTok',
  'cachedUsdPerMTok',
  'completionUsdPerMTok',
  'contextLength',
  'supportsReasoning',
  'supportsStructuredOutput',
  'inputModalities',
  'outputModalities',
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
  supportsReasoning: '',
  supportsStructuredOutput: '',
  inputModalities: [],
  outputModalities: [],
  maxCompletionTokens: '',
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
    supportsTools: yesNo(endpoint.supportsTools),
    supportsReasoning: yesNo(endpoint.supportsReasoning),
    supportsStructuredOutput: yesNo(endpoint.supportsStructuredOutput),
    inputModalities: endpoint.inputModalities,
    outputModalities: endpoint.outputModalities,
    maxCompletionTokens: textOf(endpoint.maxCompletionTokens),
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
  const known: Pick<EndpointInput, SuggestedField> = {
    promptUsdPerMTok: textOf(suggestion.promptUsdPerMTok),
    cachedUsdPerMTok: textOf(suggestion.cachedUsdPerMTok),
    completionUsdPerMTok: textOf(suggestion.completionUsdPerMTok),
    contextLength: textOf(suggestion.contextLength),
    supportsReasoning: yesNo(suggestion.supportsReasoning),
    supportsStructuredOutput: yesNo(suggestion.supportsStructuredOutput),
    inputModalities: suggestion.inputModalities,
    outputModalities: suggestion.outputModalities,
  }
  const open = SUGGESTED_FIELDS.filter((field) => !touched.has(field) && input[field].length === 0)
  return { ...input, ...Object.fromEntries(open.map((field) => [field, known[field]])) }
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
    supportsTools: booleanOf(input.supportsTools),
    supportsReasoning: booleanOf(input.supportsReasoning),
    supportsStructuredOutput: booleanOf(input.supportsStructuredOutput),
    inputModalities: input.inputModalities,
    outputModalities: input.outputModalities,
    maxCompletionTokens: numberOf(input.maxCompletionTokens),
    enabled: input.enabled,
  }
}

/** `$2.50`, `128,000` and `128 000` are numbers too. */
function numberOf(text: string): number | null {
  const bare = text.replaceAll(/[\s,$_]/g, '')
  return bare === '' ? null : Number(bare)
}

function yesNo(value: boolean | null): YesNo {
  return value === null ? '' : value ? 'yes' : 'no'
}

function booleanOf(value: YesNo): boolean | null {
  return value === '' ? null : value === 'yes'
}

function textOf(value: number | null): string {
  return value === null ? '' : String(value)
}
