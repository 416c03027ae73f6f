import type { JsonObject } from '../../platform/json-value'

// After docs.litellm.ai/docs/proxy/logging_spec and litellm/types/utils.py (StandardLoggingPayload).

export const SUCCESS: JsonObject = {
  id: 'chatcmpl-1',
  trace_id: 't1',
  session_id: 's1',
  call_type: 'acompletion',
  stream: true,
  response_cost: 0.00042,
  status: 'success',
  custom_llm_provider: 'fireworks_ai',
  total_tokens: 128,
  prompt_tokens: 120,
  completion_tokens: 8,
  startTime: 1795386577.87,
  endTime: 1795386578.97,
  completionStartTime: 1795386578.3,
  model: 'kimi-k2',
  model_group: 'coder',
  api_base: 'https://api.fireworks.ai',
  cache_hit: false,
  request_tags: ['coding'],
  end_user: 'u1',
  user_agent: 'opencode/1.2',
  model_parameters: {
    tools: [{ type: 'function', function: { name: 'ls', parameters: { type: 'object' } } }],
  },
  messages: [{ role: 'user', content: 'list files' }],
  response: {
    model: 'accounts/fireworks/models/kimi-k2',
    choices: [
      {
        finish_reason: 'tool_calls',
        message: {
          role: 'assistant',
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'ls', arguments: '{}' } }],
        },
      },
    ],
  },
  metadata: {
    user_api_key_hash: 'ab12',
    user_api_key_alias: 'shop',
    usage_object: {
      prompt_tokens_details: { cached_tokens: 64 },
      completion_tokens_details: { reasoning_tokens: 3 },
    },
  },
  error_information: null,
  hidden_params: { litellm_overhead_time_ms: 3.1 },
}

export const FAILURE: JsonObject = {
  ...SUCCESS,
  id: 'call-0',
  status: 'failure',
  response_cost: 0,
  prompt_tokens: 0,
  completion_tokens: 0,
  total_tokens: 0,
  custom_llm_provider: 'openai',
  model: 'gpt-5-mini',
  startTime: 1795386576.5,
  endTime: 1795386577.5,
  completionStartTime: 1795386577.5,
  response: null,
  error_str: 'litellm.RateLimitError: RateLimitError: OpenAIException - slow down',
  error_information: {
    error_code: '429',
    error_class: 'RateLimitError',
    llm_provider: 'openai',
    error_message: 'slow down',
  },
}

/** A row of `LiteLLM_SpendLogs`, as `GET /spend/logs` gives it. */
export const SPEND_LOG: JsonObject = {
  request_id: 'chatcmpl-9',
  call_type: 'aembedding',
  api_key: '88dc28d0f030c55ed4ab77ed8faf098196cb1c05df778539800c9f1243fe6b4b',
  spend: 0.0000002,
  total_tokens: 9,
  prompt_tokens: 9,
  completion_tokens: 0,
  startTime: '2026-11-22T10:00:00.250Z',
  endTime: '2026-11-22T10:00:00.500Z',
  completionStartTime: '2026-11-22T10:00:00.500Z',
  model: 'text-embedding-3-small',
  model_group: 'text-embedding-3-small',
  custom_llm_provider: 'openai',
  user: 'default_user_id',
  metadata: '{"user_api_key_alias":"shop","status":"success"}',
  cache_hit: 'False',
  end_user: '',
}

export const EXAMPLES: readonly unknown[] = [SUCCESS, FAILURE, SPEND_LOG]
