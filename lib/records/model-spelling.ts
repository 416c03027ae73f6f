/** Spellings that no rule resolves, each with the model that it is. Slugs are OpenRouter's. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['x-ai/grok-4-0709', 'x-ai/grok-4'],
  ['moonshotai/kimi-k2-instruct', 'moonshotai/kimi-k2'],
  ['moonshotai/kimi-k2-instruct-0905', 'moonshotai/kimi-k2-0905'],
  ['openai/gpt-35-turbo', 'openai/gpt-3.5-turbo'],
  ['openai/gpt-35-turbo-16k', 'openai/gpt-3.5-turbo-16k'],
  ['meta-llama/llama-3.3-70b-versatile', 'meta-llama/llama-3.3-70b-instruct'],
  ['meta-llama/llama-3.1-8b-instant', 'meta-llama/llama-3.1-8b-instruct'],
  ['deepseek/deepseek-v3', 'deepseek/deepseek-chat'],
  ['deepseek/deepseek-reasoner', 'deepseek/deepseek-r1'],
])

/** How a name is written differently by everybody, in order; by author where only that one's models are. */
const RULES: readonly { author?: string; find: RegExp; put: string }[] = [
  // OpenRouter's routing suffixes say how a model is asked, not which.
  { find: /:(?:free|nitro|floor|exacto|online|beta)$/, put: '' },
  // Bedrock's version of its own packaging; Amazon's models have theirs in the name.
  { author: 'amazon', find: /(-v\d+):\d+(?::\w+)?$/, put: '$1' },
  { find: /-v\d+:\d+(?::\w+)?$/, put: '' },
  { author: 'anthropic', find: /-v\d+$/, put: '' },
  // Vertex's version, and releases by date.
  { find: /@(?:\d+|default|latest)$/, put: '' },
  { find: /-20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/, put: '' },
  { find: /-20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, put: '' },
  { author: 'openai', find: /^(gpt-(?:3\.5|35|4)[a-z0-9-]*?)-(?:0[1-9]|1[0-2])\d\d$/, put: '$1' },
  { author: 'anthropic', find: /-latest$/, put: '' },
  { author: 'anthropic', find: /^claude-(\d)-(\d)-([a-z]+)$/, put: 'claude-$1.$2-$3' },
  { author: 'anthropic', find: /^claude-([a-z]+)-(\d)-(\d)$/, put: 'claude-$1-$2.$3' },
  { author: 'meta-llama', find: /^(?:meta-)?llama-?v?(\d)[p.-](\d)(?=-)/, put: 'llama-$1.$2' },
  { author: 'meta-llama', find: /^meta-llama-/, put: 'llama-' },
]

/**
 * Which model a spelling is: letter case, dated releases, versions of clouds and routing suffixes are spellings of one
 * model, told apart by nobody who ranks or prices it. The spelling itself when it is the model's name already; never
 * another author's. Doing it twice is doing it once. `spelling` is a canonical `author/slug` (model-name.ts).
 * Sources: OpenRouter's slugs for the names; the model ids of Amazon Bedrock, Google Vertex AI, Azure OpenAI, Anthropic and
 * OpenAI for how they are written elsewhere.
 */
export function modelOfSpelling(spelling: string): string {
  let at = spelling.toLowerCase()
  for (;;) {
    const next = ALIASES.get(at) ?? oneStep(at)
    if (next === at) return at
    at = next
  }
}

function oneStep(model: string): string {
  const slash = model.indexOf('/')
  const author = model.slice(0, slash)
  let name = model.slice(slash + 1)
  for (const rule of RULES) {
    if (rule.author !== undefined && rule.author !== author) continue
    const written = name.replace(rule.find, rule.put)
    // A name is never all suffix.
    if (written !== '') name = written
  }
  return `${author}/${name}`
}
