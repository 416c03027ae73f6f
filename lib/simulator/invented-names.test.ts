import { expect, test } from 'vitest'
import { isKnownAgentClient } from '../records/caller-kind'
import { canonicalModel } from '../records/model-name'
import { APPS, AUTHORS, PROVIDERS, UNDECLARED_APPS } from './invented-names'
import { buildWorld } from './world'

/** Companies, products and models of the trade, as words of a name. */
const REAL_NAMES = new Set(
  `openai gpt chatgpt codex sora whisper dalle anthropic claude sonnet opus haiku google gemini gemma palm bard vertex
  deepmind meta llama codellama mistral mixtral codestral ministral magistral devstral pixtral qwen qwq alibaba deepseek
  moonshot kimi zhipu glm minimax xai grok cohere command aya amazon nova titan bedrock aws microsoft phi azure copilot
  ai21 jamba perplexity sonar nous hermes nvidia nemotron ibm granite baidu ernie tencent hunyuan bytedance doubao seed
  stepfun yi xiaomi mimo databricks dbrx allenai olmo tulu liquid lfm inception mercury writer palmyra upstage solar
  inflection arcee trinity internlm skywork exaone reka stability bloom falcon vicuna orca zephyr dolphin wizardlm
  openrouter litellm portkey helicone langfuse langchain vellum together fireworks groq cerebras sambanova novita
  deepinfra hyperbolic lepton anyscale replicate runpod modal baseten friendli parasail featherless chutes nebius
  lambda crusoe coreweave cloudflare akash targon venice mancer avian infermatic phala siliconflow gmicloud ncompass
  scaleway ovh hetzner vultr paperspace nscale fluidstack huggingface ollama vllm cursor cline aider windsurf devin
  goose replit lovable notion slack campfire perplexity character poe quasar optimus horizon polaris atlascloud`.split(
    /\s+/,
  ),
)

const world = buildWorld({ seed: 24, anchorMs: Date.UTC(2026, 10, 23) })
const names = [
  ...PROVIDERS,
  ...AUTHORS.flatMap(([author, , families]) => [author, ...families]),
  ...APPS.map(([name]) => name),
  ...UNDECLARED_APPS.map(([name]) => name),
  ...world.models.map((model) => model.slug),
]

test('uses no real name of the trade', () => {
  const words = names.flatMap((name) => name.toLowerCase().split(/[^a-z0-9]+/))
  expect(words.filter((word) => REAL_NAMES.has(word))).toEqual([])
})

test('uses no name the product would take for a well-known model or agent', () => {
  for (const [, , families] of AUTHORS)
    for (const family of families)
      expect(canonicalModel({ model: family, provider: null })).toBe(`unknown/${family}`)
  for (const [name] of [...APPS, ...UNDECLARED_APPS]) expect(isKnownAgentClient(name)).toBe(false)
})

test('names each thing once', () => {
  expect(new Set(names).size).toBe(names.length)
})
