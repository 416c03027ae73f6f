import { storableText } from './storable-text'

/** Beginnings of well-known model names and their author's slug as OpenRouter writes it. */
const FAMILIES: readonly (readonly [author: string, beginnings: string])[] = [
  [
    'openai',
    'gpt|chatgpt|o1|o3|o4|text-embedding|text-davinci|davinci|babbage|whisper|tts|dall-e|omni-moderation',
  ],
  ['openai', 'computer-use-preview|codex-mini|sora|ft:gpt|ft:davinci|ft:babbage'],
  ['anthropic', 'claude'],
  [
    'google',
    'gemini|gemma|codegemma|medgemma|palm|text-bison|chat-bison|learnlm|imagen|veo|gemini-embedding',
  ],
  ['meta-llama', 'llama|meta-llama|codellama|code-llama|llama2|llama3'],
  [
    'mistralai',
    'mistral|mixtral|codestral|ministral|magistral|devstral|pixtral|voxtral|open-mistral|open-mixtral',
  ],
  ['qwen', 'qwen|qwq|qvq'],
  ['deepseek', 'deepseek'],
  ['moonshotai', 'kimi|moonshot'],
  ['z-ai', 'glm|chatglm'],
  ['x-ai', 'grok'],
  ['cohere', 'command|c4ai|aya|embed-english|embed-multilingual|embed-v|rerank'],
  ['amazon', 'nova|titan'],
  ['microsoft', 'phi|wizardlm|mai-ds'],
  ['minimax', 'minimax|abab'],
  ['ai21', 'jamba|j2'],
  ['perplexity', 'sonar|pplx'],
  ['nousresearch', 'hermes|nous-hermes|deephermes'],
  ['nvidia', 'nemotron'],
  ['ibm-granite', 'granite'],
  ['baidu', 'ernie'],
  ['tencent', 'hunyuan'],
  ['bytedance-seed', 'doubao|seed-oss'],
  ['stepfun-ai', 'step'],
  ['01-ai', 'yi'],
  ['xiaomi', 'mimo'],
  ['databricks', 'dbrx'],
  ['allenai', 'olmo|molmo|tulu'],
  ['liquid', 'lfm'],
  ['inception', 'mercury'],
  ['writer', 'palmyra'],
  ['upstage', 'solar'],
]

/** A beginning ends where letters end: `command-r` and `qwen2.5` are families, `commander` and `novasky` are not. */
const FAMILY_PATTERNS = FAMILIES.map(
  ([author, beginnings]) => [author, new RegExp(`^(?:${beginnings})(?![a-z])`, 'i')] as const,
)

/**
 * Who hosts models that others made, as paths and log names begin with them: LiteLLM's prefixes and slugs of
 * `gen_ai.provider.name`. An author is who made the model.
 */
const HOSTS: ReadonlySet<string> = new Set(
  (
    'aws aws-bedrock bedrock bedrock_converse amazon-bedrock azure azure_ai azure-ai azure-ai-openai azure-ai-inference ' +
    'vertex_ai vertex_ai_beta vertexai vertex gcp-vertex-ai gcp-gemini gemini google-vertex xai x_ai mistral mistral_ai ' +
    'groq openrouter litellm litellm_proxy together together_ai togethercomputer fireworks fireworks_ai deepinfra ' +
    'anyscale replicate huggingface hf ollama ollama_chat vllm hosted_vllm lm_studio nvidia_nim sambanova cerebras ' +
    'novita hyperbolic baseten cloudflare workers-ai databricks_serving sagemaker sagemaker_chat watsonx ' +
    'github github_copilot vercel vercel_ai_gateway friendliai nebius lambda_ai moonshot'
  ).split(' '),
)

const REMEMBERED_NAMES = 5000
const MAX_LENGTH = 200
const UNKNOWN = 'unknown'
const remembered = new Map<string, string>()

/**
 * The model as `author/slug`, at most 200 characters, as its log spells it (`modelOfSpelling` says which model that is).
 * An explicit `author/slug` is kept as it is, unless it names the host of a well-known family, whose author then stands
 * there (`vertex_ai/claude-x`). Of longer paths (`openrouter/anthropic/claude-x`) the last two parts are kept, and a path
 * of a hosting provider (`accounts/fireworks/models/…`, `models/…`) is cut to its model, as an ARN, whose account number
 * is nobody's business. A bare name gets the author of its well-known family, otherwise the provider's name as a slug
 * where that is no mere host, otherwise `unknown`; an empty name is `unknown` too.
 * The author slugs are OpenRouter's; design.md §3 has the field.
 */
export function canonicalModel({ model, provider }: { model: string; provider: string | null }): string {
  const key = `${provider ?? ''}\n${model}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  const canonical = storableText(resolveModel(model, provider), MAX_LENGTH)
  if (key.length > 2 * MAX_LENGTH) return canonical
  if (remembered.size >= REMEMBERED_NAMES) remembered.clear()
  remembered.set(key, canonical)
  return canonical
}

/** The author of a canonical model: what stands before the slash. `unknown` when there is none. */
export function authorOf(model: string): string {
  const slash = model.indexOf('/')
  return slash > 0 ? model.slice(0, slash) : UNKNOWN
}

function resolveModel(model: string, provider: string | null): string {
  const parts = withoutCloudPath(storableText(model, 2 * MAX_LENGTH))
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const slug = parts.at(-1)
  if (slug === undefined) return `${UNKNOWN}/${UNKNOWN}`
  const author = parts.at(-2)
  if (author === undefined) return fromBareName(slug, provider)
  const ofFamily = HOSTS.has(author.toLowerCase()) ? ofWellKnownFamily(slug) : null
  return ofFamily ?? `${author.slice(0, MAX_LENGTH / 2)}/${slug}`
}

/** Of an ARN the resource's name, of a path of Google's or Fireworks' the model; nobody's account, project or region. */
function withoutCloudPath(model: string): string {
  const resource = /(?:^|\/)arn:[^/]*[:/](?:[a-z-]+\/)?([^/]+)$/i.exec(model)?.[1] ?? model
  if (/^projects\/.*\/endpoints\//i.test(resource)) return `${UNKNOWN}/endpoint`
  return resource.replace(/^.*(?:^|\/)models\//i, '')
}

function fromBareName(name: string, provider: string | null): string {
  const author = slugOf(provider)
  const maker = author === null || HOSTS.has(author) ? UNKNOWN : author
  return ofWellKnownFamily(name) ?? `${maker}/${name}`
}

function ofWellKnownFamily(name: string): string | null {
  const bare = withoutBedrockPrefix(name)
  const family = FAMILY_PATTERNS.find(([, pattern]) => pattern.test(bare))
  return family === undefined ? null : `${family[0]}/${bare}`
}

/** Bedrock writes `us.anthropic.claude-sonnet-4-v1:0`: a region and the author before the model. */
function withoutBedrockPrefix(name: string): string {
  return name.replace(/^(?:(?:us|eu|apac|jp|au|global|us-gov)\.)?[a-z0-9]+\.(?=[a-z])/i, '')
}

function slugOf(provider: string | null): string | null {
  if (provider === null) return null
  const slug = provider
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return slug === '' ? null : slug.slice(0, MAX_LENGTH / 2)
}
