import { hosted, type ProviderTemplate } from './template'

/** Those who host open models. */
const HOSTS: readonly ProviderTemplate[] = (
  [
    [
      'fireworks',
      'Fireworks',
      'https://api.fireworks.ai/inference/v1',
      'app.fireworks.ai → API keys',
      'https://docs.fireworks.ai/api-reference/introduction',
      'fireworks-ai',
    ],
    [
      'together',
      'Together',
      'https://api.together.ai/v1',
      'api.together.ai → Settings → API keys',
      'https://docs.together.ai/docs/inference/openai-compatibility',
      'together-ai',
    ],
    [
      'deepinfra',
      'DeepInfra',
      'https://api.deepinfra.com/v1/openai',
      'deepinfra.com → Dashboard → API keys',
      'https://deepinfra.com/docs/openai_api',
      'deep-infra',
    ],
    [
      'groq',
      'Groq',
      'https://api.groq.com/openai/v1',
      'console.groq.com → API keys',
      'https://console.groq.com/docs/openai',
      'groqcloud',
    ],
    [
      'cerebras',
      'Cerebras',
      'https://api.cerebras.ai/v1',
      'cloud.cerebras.ai → API keys',
      'https://inference-docs.cerebras.ai/resources/openai',
      '',
    ],
    [
      'sambanova',
      'SambaNova',
      'https://api.sambanova.ai/v1',
      'cloud.sambanova.ai → API keys',
      'https://docs.sambanova.ai/docs/en/features/openai-compatibility',
      'samba-nova',
    ],
    [
      'baseten',
      'Baseten',
      'https://inference.baseten.co/v1',
      'app.baseten.co → Settings → API keys',
      'https://docs.baseten.co/inference/model-apis/overview',
      '',
    ],
    [
      'novita',
      'Novita',
      'https://api.novita.ai/openai/v1',
      'novita.ai → Settings → Key management',
      'https://novita.ai/docs/guides/llm-api',
      'novita-ai',
    ],
    [
      'nebius',
      'Nebius Token Factory',
      'https://api.tokenfactory.nebius.com/v1',
      'tokenfactory.nebius.com → API keys',
      'https://docs.tokenfactory.nebius.com/api-reference/introduction',
      'nebius-ai-studio nebius-ai',
    ],
    [
      'hyperbolic',
      'Hyperbolic',
      'https://api.hyperbolic.xyz/v1',
      'app.hyperbolic.ai → Settings → API keys',
      'https://docs.hyperbolic.xyz/docs/rest-api',
      '',
    ],
    [
      'parasail',
      'Parasail',
      'https://api.parasail.io/v1',
      'saas.parasail.io → API keys',
      'https://docs.parasail.io',
      '',
    ],
    [
      'siliconflow',
      'SiliconFlow',
      'https://api.siliconflow.com/v1',
      'cloud.siliconflow.com → API keys',
      'https://docs.siliconflow.com/en/api-reference/chat-completions/chat-completions',
      'silicon-flow',
    ],
    [
      'chutes',
      'Chutes',
      'https://llm.chutes.ai/v1',
      'chutes.ai → API keys',
      'https://chutes.ai/docs',
      'chutes-ai',
    ],
    [
      'inference-net',
      'Inference.net',
      'https://api.inference.net/v1',
      'inference.net → Dashboard → API keys',
      'https://docs.inference.net/quickstart',
      'inferencenet',
    ],
    [
      'nvidia',
      'NVIDIA NIM',
      'https://integrate.api.nvidia.com/v1',
      'build.nvidia.com → API keys',
      'https://docs.api.nvidia.com/nim/reference/llm-apis',
      'nim nvidia-nim',
    ],
    [
      'friendli',
      'Friendli',
      'https://api.friendli.ai/serverless/v1',
      'friendli.ai → Settings → API keys',
      'https://friendli.ai/docs/openapi/introduction',
      'friendliai',
    ],
  ] as const
).map(([slug, name, baseUrl, keyFrom, source, aliases]) =>
  hosted('hosts', { slug, name, baseUrl, keyFrom, source, aliases: aliases.split(' ').filter(Boolean) }),
)

/** Those who pass requests on to others. */
const ROUTERS: readonly ProviderTemplate[] = [
  hosted('routers', {
    slug: 'openrouter',
    name: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    keyFrom: 'openrouter.ai → Settings → Keys',
    source: 'https://openrouter.ai/docs/api-reference/overview',
    aliases: ['open-router'],
  }),
  hosted('routers', {
    slug: 'huggingface',
    name: 'Hugging Face',
    baseUrl: 'https://router.huggingface.co/v1',
    keyFrom: 'huggingface.co → Settings → Access tokens',
    source: 'https://huggingface.co/docs/inference-providers/index',
    aliases: ['hugging-face', 'hf', 'hf-inference'],
  }),
  hosted('routers', {
    slug: 'github-models',
    name: 'GitHub Models',
    baseUrl: 'https://models.github.ai/inference',
    modelListUrl: 'https://models.github.ai/catalog/models',
    keyFrom: 'github.com → Settings → Developer settings, with the models scope',
    source: 'https://docs.github.com/en/rest/models/inference',
    aliases: ['github'],
  }),
  hosted('routers', {
    slug: 'vercel',
    name: 'Vercel AI Gateway',
    baseUrl: 'https://ai-gateway.vercel.sh/v1',
    keyFrom: 'vercel.com → AI Gateway → API keys',
    source: 'https://vercel.com/docs/ai-gateway/openai-compat',
    aliases: ['vercel-ai-gateway'],
  }),
]

/** Those who host others' models or pass requests on. */
export const HOST_TEMPLATES: readonly ProviderTemplate[] = [...HOSTS, ...ROUTERS]
