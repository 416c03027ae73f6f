/** Older and SDK-specific names by OpenTelemetry's current one; a prefix holds before a dot or at the end. */
const PREFIXES: readonly (readonly [prefix: string, name: string])[] = [
  ['google.vertex', 'gcp.vertex_ai'],
  ['google-vertex', 'gcp.vertex_ai'],
  ['google.generative-ai', 'gcp.gemini'],
  ['google', 'gcp.gemini'],
  ['vertex_ai', 'gcp.vertex_ai'],
  ['gemini', 'gcp.gemini'],
  ['amazon-bedrock', 'aws.bedrock'],
  ['aws_bedrock', 'aws.bedrock'],
  ['bedrock', 'aws.bedrock'],
  ['azure-openai', 'azure.ai.openai'],
  ['az.ai.openai', 'azure.ai.openai'],
  ['az.ai.inference', 'azure.ai.inference'],
  ['mistral', 'mistral_ai'],
  ['mistralai', 'mistral_ai'],
  ['xai', 'x_ai'],
  ['moonshotai', 'moonshot_ai'],
  ['anthropic', 'anthropic'],
  ['openai', 'openai'],
  ['cohere', 'cohere'],
  ['groq', 'groq'],
  ['deepseek', 'deepseek'],
  ['perplexity', 'perplexity'],
]

/**
 * The provider under OpenTelemetry's current name, so that generations of emitters meet in one row: `vertex_ai` is
 * `gcp.vertex_ai`, `openai.chat` (AI SDK) is `openai`. A name that is not known passes unchanged.
 * Sources: `gen_ai.provider.name` of the OpenTelemetry GenAI semantic conventions; for the prefixes vercel/ai,
 * packages/otel/src/gen-ai-format-messages.ts.
 */
export function canonicalProvider(name: string): string {
  const lower = name.toLowerCase()
  if (lower === 'azure') return 'azure.ai.inference'
  const match = PREFIXES.find(([prefix]) => lower === prefix || lower.startsWith(`${prefix}.`))
  return match?.[1] ?? name
}
