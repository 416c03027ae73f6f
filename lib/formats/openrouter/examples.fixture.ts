/** After OpenRouter's openapi.yaml, GET /api/v1/generation. */
export const GENERATION = {
  id: 'gen-3bhGkxlo4XFrqiabUM7NDtwDzWwG',
  upstream_id: 'chatcmpl-791bcf62-080e-4568-87d0-94c72e3b4946',
  total_cost: 0.0015,
  cache_discount: null,
  upstream_inference_cost: 0,
  created_at: '2026-11-22T10:00:00.000Z',
  model: 'moonshotai/kimi-k2',
  app_id: 12345,
  streamed: true,
  cancelled: false,
  provider_name: 'Fireworks',
  latency: 1250,
  moderation_latency: 50,
  generation_time: 4000,
  finish_reason: 'tool_calls',
  tokens_prompt: 10,
  tokens_completion: 25,
  native_tokens_prompt: 12,
  native_tokens_completion: 28,
  native_tokens_reasoning: 5,
  native_tokens_cached: 3,
  usage: 0.0015,
  is_byok: false,
  native_finish_reason: 'tool_calls',
  external_user: 'user-123',
  api_type: 'completions',
  session_id: 's-9',
  user_agent: 'opencode/1.2',
  provider_responses: [
    { endpoint_id: 'e1', provider_name: 'Groq', status: 503, latency: 400 },
    { endpoint_id: 'e2', provider_name: 'Fireworks', status: 200, latency: 3600 },
  ],
}

/** A row of the activity page's export. */
export const EXPORTED = {
  generation_id: 'gen-1',
  created_at: '2026-11-22 10:00:00.271',
  cost_total: '0.01',
  cost_web_search: '0',
  cost_cache: '-0.005',
  byok_usage_inference: '0.002',
  tokens_prompt: '100',
  tokens_completion: '200',
  tokens_reasoning: '20',
  tokens_cached: '40',
  model_permaslug: 'openai/gpt-5-mini',
  provider_name: 'OpenAI',
  cancelled: 'false',
  streamed: 'true',
  finish_reason_normalized: 'stop',
  generation_time_ms: '900',
  time_to_first_token_ms: '300',
  app_name: 'vscode',
  api_key_name: 'laptop',
}

/** A row of GET /api/v1/activity. */
export const ACTIVITY = {
  date: '2026-11-22',
  model: 'openai/gpt-4.1',
  model_permaslug: 'openai/gpt-4.1-2025-04-14',
  endpoint_id: '550e8400-e29b-41d4-a716-446655440000',
  provider_name: 'OpenAI',
  usage: 0.015,
  byok_usage_inference: 0,
  requests: 7,
  prompt_tokens: 50,
  completion_tokens: 125,
  reasoning_tokens: 25,
}

/** A row of a Broadcast warehouse. */
export const BROADCAST = {
  TRACE_ID: 't',
  SPAN_ID: 's',
  TIMESTAMP: '2026-11-22 10:00:00',
  MODEL: 'moonshotai/kimi-k2',
  PROVIDER_NAME: 'Fireworks',
  STATUS: 'ok',
  SPAN_TYPE: 'GENERATION',
  DURATION_MS: 900,
  PROMPT_TOKENS: 3,
  COMPLETION_TOKENS: 4,
  TOTAL_COST: 0.002,
  USER_ID: 'u',
  SESSION_ID: 'x',
  API_KEY_NAME: 'laptop',
}

export const EXAMPLES: readonly unknown[] = [
  { data: GENERATION },
  EXPORTED,
  ACTIVITY,
  { data: [ACTIVITY] },
  BROADCAST,
]
