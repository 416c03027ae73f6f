import type { ApiShape } from '../../records/vocabulary'
import type { Edit } from './schema'

/** What a vendor, or a model wherever it is served, wants otherwise than its shape says. */
export type VendorRule = {
  /** Hosts of the providers; left out = everywhere. */
  hosts?: RegExp
  /** Hosts that are none of them. */
  exceptHosts?: RegExp
  /** The provider's names of the models; left out = all. */
  models?: RegExp
  shape: ApiShape
  edits: readonly Edit[]
  source: string
}

const OPENAI =
  /(^|\.)(openai\.com|openai\.azure\.com|cognitiveservices\.azure\.com|services\.ai\.azure\.com)$/
const MISTRAL = /(^|\.)mistral\.ai$/
const GROQ = /(^|\.)groq\.com$/
const CEREBRAS = /(^|\.)cerebras\.ai$/
const XAI = /(^|\.)x\.ai$/
const COHERE = /(^|\.)cohere\.(ai|com)$/
const MOONSHOT = /(^|\.)moonshot\.(ai|cn)$/
const GOOGLE = /(^|\.)googleapis\.com$/
const DATABRICKS = /(^|\.)(databricks\.com|azuredatabricks\.net)$/
const BEDROCK = /(^|\.)(bedrock|bedrock-runtime|bedrock-mantle)\..*(amazonaws\.com|api\.aws)$/

/**
 * OpenAI's first reasoning models. Later ones take sampling parameters while they do not reason, so that what they
 * refuse is learned from their refusals.
 */
const FIRST_REASONING = /(^|\/)(o[1-9]|gpt-5(-(mini|nano|pro|codex))?(-\d{4}.*)?$)/
/** Claude models that think by an effort alone and sample as they please. */
const CLAUDE_BY_EFFORT =
  /claude-(opus-4[-.][7-9](?!\d)|(opus|sonnet|haiku|fable|mythos)-[5-9](?!\d)|mythos-preview)/
/** Claude models that take either of temperature and top_p. */
const CLAUDE_ONE_SAMPLER = /claude-(opus-4[-.]1(?!\d)|(opus|sonnet|haiku)-4[-.][56](?!\d))/

const drop = (parameter: string, more: Partial<Extract<Edit, { kind: 'drop' }>> = {}): Edit => ({
  kind: 'drop',
  parameter,
  at: [parameter],
  ...more,
})
const dropAll = (...names: string[]) => names.map((name) => drop(name))
const CHAT_CACHE_CONTROL = drop('cache_control', {
  at: [
    'cache_control',
    'messages[].cache_control',
    'messages[].content[].cache_control',
    'tools[].cache_control',
    'tools[].function.cache_control',
  ],
})
const CHAT_REASONING_OF_MESSAGES = [
  drop('reasoning_content', { at: ['messages[].reasoning_content'] }),
  drop('reasoning_details', { at: ['messages[].reasoning_details'] }),
  drop('messages[].reasoning', { at: ['messages[].reasoning'] }),
]

/**
 * Every row that fits applies, in this order. What is not here is learned (mend-refusal.ts). A row belongs here when a
 * vendor documents it, or refuses it without a sentence that could be learned from.
 */
const VENDOR_RULES: readonly VendorRule[] = [
  {
    shape: 'openai-chat',
    exceptHosts: OPENAI,
    edits: [{ kind: 'replace', parameter: 'role', at: ['messages[].role'], values: { developer: 'system' } }],
    source: 'earendil-works/pi#1048, eclipse-theia/theia#15144, ogx-ai/ogx#6069',
  },
  {
    shape: 'openai-chat',
    hosts: OPENAI,
    edits: [CHAT_CACHE_CONTROL],
    source: 'API reference of chat completions, which refuses fields that it does not name',
  },
  {
    shape: 'openai-chat',
    hosts: OPENAI,
    models: FIRST_REASONING,
    edits: [
      { kind: 'rename', parameter: 'max_tokens', to: 'max_completion_tokens' },
      drop('temperature', { unless: 1 }),
      drop('top_p', { unless: 1 }),
      drop('presence_penalty', { unless: 0 }),
      drop('frequency_penalty', { unless: 0 }),
      ...dropAll('logprobs', 'top_logprobs', 'logit_bias'),
    ],
    source: 'platform.openai.com, reasoning guide; gabrii/Cursor-Azure-GPT-5#33, OpenHands/OpenHands#4131',
  },
  {
    shape: 'openai-responses',
    hosts: OPENAI,
    models: FIRST_REASONING,
    edits: [drop('temperature', { unless: 1 }), drop('top_p', { unless: 1 }), drop('top_logprobs')],
    source: 'platform.openai.com, reasoning guide',
  },
  {
    shape: 'openai-chat',
    hosts: MISTRAL,
    edits: [
      { kind: 'rename', parameter: 'max_completion_tokens', to: 'max_tokens' },
      { kind: 'rename', parameter: 'seed', to: 'random_seed' },
      ...dropAll('stream_options', 'store', 'user', 'service_tier', 'logit_bias', 'logprobs', 'top_logprobs'),
      CHAT_CACHE_CONTROL,
      ...CHAT_REASONING_OF_MESSAGES,
      drop('messages[].name', { at: ['messages[].name'] }),
      { kind: 'call_ids', form: { minLength: 9, maxLength: 9, extra: '' } },
    ],
    source:
      'docs.mistral.ai, API; openai/openai-agents-python#442, editor-code-assistant/eca#231, charmbracelet/crush#1590, langchain-ai/langchain#24668',
  },
  {
    shape: 'openai-chat',
    hosts: DATABRICKS,
    edits: [drop('stream_options'), drop('strict', { at: ['tools[].function.strict'] }), CHAT_CACHE_CONTROL],
    source: 'continuedev/continue#12936, anomalyco/opencode#31790, tidyverse/ellmer#548',
  },
  {
    shape: 'openai-chat',
    hosts: GROQ,
    edits: [
      ...dropAll('logprobs', 'top_logprobs', 'logit_bias'),
      drop('messages[].name', { at: ['messages[].name'] }),
      drop('reasoning_content', { at: ['messages[].reasoning_content'] }),
      drop('reasoning_details', { at: ['messages[].reasoning_details'] }),
      CHAT_CACHE_CONTROL,
    ],
    source: 'console.groq.com/docs/openai; janhq/jan#8136',
  },
  {
    shape: 'openai-chat',
    hosts: CEREBRAS,
    edits: [
      drop('frequency_penalty'),
      drop('presence_penalty'),
      drop('logit_bias'),
      drop('reasoning_content', { at: ['messages[].reasoning_content'] }),
      drop('reasoning_details', { at: ['messages[].reasoning_details'] }),
      CHAT_CACHE_CONTROL,
    ],
    source: 'hexdocs.pm/req_llm, guide of Cerebras; Kilo-Org/kilocode#10375',
  },
  {
    shape: 'openai-chat',
    hosts: XAI,
    models: /grok-(3-mini|[4-9]|code)/,
    edits: dropAll('presence_penalty', 'frequency_penalty'),
    source: 'docs.x.ai, reasoning models; n8n-io/n8n#14581, miaoxworld/NativeTavern#83',
  },
  {
    shape: 'openai-chat',
    hosts: COHERE,
    edits: [
      ...dropAll('store', 'metadata', 'logit_bias', 'top_logprobs', 'service_tier', 'parallel_tool_calls'),
      drop('strict', { at: ['tools[].function.strict'] }),
      drop('index', { at: ['messages[].tool_calls[].index'] }),
    ],
    source:
      'docs.cohere.com, compatibility API; OpenRouterTeam/openrouter-examples#71, BerriAI/litellm#24031',
  },
  {
    shape: 'openai-chat',
    hosts: MOONSHOT,
    models: /kimi-(k2\.[5-9]|k[3-9])/,
    edits: [drop('temperature', { unless: 1 })],
    source: 'HKUDS/nanobot#202, Tencent/WeKnora#1383',
  },
  {
    shape: 'openai-chat',
    hosts: GOOGLE,
    edits: [...dropAll('store', 'prompt_cache_key'), CHAT_CACHE_CONTROL],
    source: 'liliMozi/openhanako#394, leookun/cursor-byok#112',
  },
  {
    shape: 'anthropic-messages',
    models: CLAUDE_ONE_SAMPLER,
    edits: [drop('top_p', { beside: 'temperature' })],
    source: 'docs.claude.com, migration guide; skydiscover-ai/skydiscover#15',
  },
  {
    shape: 'anthropic-messages',
    models: CLAUDE_BY_EFFORT,
    edits: [
      { kind: 'adaptive_thinking', display: 'summarized' },
      drop('temperature', { unless: 1 }),
      ...dropAll('top_p', 'top_k'),
    ],
    source:
      'platform.claude.com, thinking and migration guide; UKGovernmentBEIS/inspect_ai#3721, anomalyco/models.dev#1468',
  },
  {
    shape: 'anthropic-messages',
    hosts: BEDROCK,
    edits: [{ kind: 'tool_names', form: { maxLength: 64, extra: '_-' } }],
    source: 'anthropics/claude-code#5132',
  },
]

/** What is done to every request of an endpoint, beside what its shape asks for everywhere. */
export function vendorEdits(endpoint: { apiShape: ApiShape; host: string; upstreamModel: string }): Edit[] {
  const host = endpoint.host.toLowerCase()
  const model = endpoint.upstreamModel.toLowerCase()
  return VENDOR_RULES.filter(
    ({ shape, hosts, exceptHosts, models }) =>
      shape === endpoint.apiShape &&
      hosts?.test(host) !== false &&
      exceptHosts?.test(host) !== true &&
      models?.test(model) !== false,
  ).flatMap(({ edits }) => edits)
}
