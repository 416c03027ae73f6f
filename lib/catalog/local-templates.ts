import type { ProviderTemplate } from './template'

/** Servers of open models, at the address that each has when it is started without more. */
export const LOCAL_TEMPLATES: readonly ProviderTemplate[] = [
  local(
    'ollama',
    'Ollama',
    11434,
    'Needs no key; start it with: ollama serve',
    'https://docs.ollama.com/api/openai-compatibility',
  ),
  local(
    'vllm',
    'vLLM',
    8000,
    'Needs no key unless started with --api-key',
    'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html',
  ),
  local(
    'sglang',
    'SGLang',
    30000,
    'Needs no key unless started with --api-key',
    'https://docs.sglang.ai/basic_usage/openai_api.html',
  ),
  local(
    'llama-cpp',
    'llama.cpp',
    8080,
    'Needs no key unless started with --api-key',
    'https://github.com/ggml-org/llama.cpp/tree/master/tools/server',
  ),
  local(
    'lm-studio',
    'LM Studio',
    1234,
    'Needs no key; start its server on the Developer tab',
    'https://lmstudio.ai/docs/developer/openai-compat',
  ),
  local(
    'litellm',
    'LiteLLM proxy',
    4000,
    'A virtual key, or the master key it was started with',
    'https://docs.litellm.ai/docs/simple_proxy',
  ),
]

function local(slug: string, name: string, port: number, hint: string, source: string): ProviderTemplate {
  return {
    slug,
    name,
    group: 'local',
    baseUrl: `http://127.0.0.1:${port}/v1`,
    parameters: [],
    apiShape: 'openai-chat',
    authScheme: null,
    apiVersion: null,
    modelListUrl: null,
    listsModels: true,
    modelPrefix: '',
    hint,
    needsKey: false,
    aliases: [],
    source,
  }
}
