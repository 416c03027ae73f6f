/**
 * Older and SDK-specific names by OpenTelemetry's current one, in lower case with underscores for spaces and dashes; a
 * prefix holds before a dot or at the end.
 */
const PREFIXES: readonly (readonly [prefix: string, name: string])[] = [
  ['google.vertex', 'gcp.vertex_ai'],
  ['vertex_ai', 'gcp.vertex_ai'],
  ['vertexai', 'gcp.vertex_ai'],
  ['vertex', 'gcp.vertex_ai'],
  ['gcp.vertex', 'gcp.vertex_ai'],
  ['google_vertexai', 'gcp.vertex_ai'],
  ['google.generative_ai', 'gcp.gemini'],
  ['google_genai', 'gcp.gemini'],
  ['google_ai_studio', 'gcp.gemini'],
  ['gcp.gen_ai', 'gcp.gemini'],
  ['google', 'gcp.gemini'],
  ['gemini', 'gcp.gemini'],
  ['amazon_bedrock', 'aws.bedrock'],
  ['aws_bedrock', 'aws.bedrock'],
  ['bedrock', 'aws.bedrock'],
  ['bedrock_converse', 'aws.bedrock'],
  ['aws', 'aws.bedrock'],
  ['azure.ai.inference', 'azure.ai.inference'],
  ['az.ai.inference', 'azure.ai.inference'],
  ['azure_ai', 'azure.ai.inference'],
  ['az.ai.openai', 'azure.ai.openai'],
  ['azure_openai', 'azure.ai.openai'],
  ['azure.openai', 'azure.ai.openai'],
  ['azureopenai', 'azure.ai.openai'],
  ['mistral', 'mistral_ai'],
  ['mistralai', 'mistral_ai'],
  ['mistral_ai', 'mistral_ai'],
  ['xai', 'x_ai'],
  ['x_ai', 'x_ai'],
  ['moonshot', 'moonshot_ai'],
  ['moonshotai', 'moonshot_ai'],
  ['moonshot_ai', 'moonshot_ai'],
  ['ibm_watsonx', 'ibm.watsonx.ai'],
  ['watsonx', 'ibm.watsonx.ai'],
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
  const folded = name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
  if (folded === 'azure') return 'azure.ai.inference'
  const match = PREFIXES.find(([prefix]) => folded === prefix || folded.startsWith(`${prefix}.`))
  return match?.[1] ?? name
}
