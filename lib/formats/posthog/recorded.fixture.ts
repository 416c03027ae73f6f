/** Recorded from @posthog/ai with posthog-node 5.70.0 and openai 6 8.13.1 on 2026-12-01, against a local server that answers as OpenAI and Anthropic do. */
export const RECORDED: readonly {
  method: string
  path: string
  headers: Record<string, string>
  body: unknown
}[] = [
  {
    method: 'POST',
    path: '/batch/',
    headers: {
      'user-agent': 'posthog-node/5.70.0',
      'content-type': 'application/json',
    },
    body: {
      api_key: 'phc_test',
      batch: [
        {
          event: '$ai_generation',
          properties: {
            $ai_lib: 'posthog-ai',
            $ai_lib_version: '8.13.1',
            $ai_provider: 'openai',
            $ai_model: 'gpt-5-mini',
            $ai_model_parameters: {},
            $ai_input: [
              {
                role: 'user',
                content: 'Weather?',
              },
            ],
            $ai_output_choices: [
              {
                role: 'assistant',
                content: [
                  {
                    type: 'function',
                    id: 'call_1',
                    function: {
                      name: 'get_weather',
                      arguments: '{"city":"Oslo"}',
                    },
                  },
                ],
              },
            ],
            $ai_http_status: 200,
            $ai_input_tokens: 120,
            $ai_output_tokens: 18,
            $ai_reasoning_tokens: 4,
            $ai_cache_read_input_tokens: 64,
            $ai_usage: {
              prompt_tokens: 120,
              completion_tokens: 18,
              total_tokens: 138,
              prompt_tokens_details: {
                cached_tokens: 64,
              },
              completion_tokens_details: {
                reasoning_tokens: 4,
              },
            },
            $ai_latency: 0.053,
            $ai_trace_id: 'trace_1',
            $ai_base_url: 'https://api.openai.com/v1',
            $ai_cache_reporting_exclusive: false,
            conversation_id: 'abc',
            $ai_tokens_source: 'sdk',
            $ai_stop_reason: 'tool_calls',
            $ai_tools: [
              {
                type: 'function',
                function: {
                  name: 'get_weather',
                  parameters: {
                    type: 'object',
                    properties: {
                      city: {
                        type: 'string',
                      },
                    },
                    required: ['city'],
                  },
                },
              },
            ],
            $ai_completion_id: 'chatcmpl-1',
            $lib: 'posthog-node',
            $lib_version: '5.70.0',
            $is_server: true,
            $geoip_disable: true,
          },
          timestamp: '2026-12-01T10:30:12.876Z',
          uuid: '01a23127-aa8c-74c5-9475-28649f455273',
          distinct_id: 'user_1',
        },
        {
          event: '$ai_generation',
          properties: {
            $ai_lib: 'posthog-ai',
            $ai_lib_version: '8.13.1',
            $ai_provider: 'openai',
            $ai_model: 'gpt-5-mini',
            $ai_model_parameters: {
              stream: true,
            },
            $ai_input: [
              {
                role: 'user',
                content: 'hi',
              },
            ],
            $ai_output_choices: [
              {
                role: 'assistant',
                content: [
                  {
                    type: 'text',
                    text: 'Hi',
                  },
                ],
              },
            ],
            $ai_http_status: 200,
            $ai_input_tokens: 20,
            $ai_output_tokens: 5,
            $ai_reasoning_tokens: 2,
            $ai_cache_read_input_tokens: 8,
            $ai_usage: {
              prompt_tokens: 20,
              completion_tokens: 5,
              total_tokens: 25,
              prompt_tokens_details: {
                cached_tokens: 8,
              },
              completion_tokens_details: {
                reasoning_tokens: 2,
              },
            },
            $ai_latency: 0.011,
            $ai_time_to_first_token: 0.011,
            $ai_trace_id: '32ceb519-d885-4d9d-88f3-2ded517d357e',
            $ai_base_url: 'https://api.openai.com/v1',
            $ai_cache_reporting_exclusive: false,
            $ai_tokens_source: 'sdk',
            $ai_stop_reason: 'stop',
            $ai_completion_id: 'chatcmpl-s1',
            $lib: 'posthog-node',
            $lib_version: '5.70.0',
            $is_server: true,
            $geoip_disable: true,
          },
          timestamp: '2026-12-01T10:30:12.887Z',
          uuid: '01a23127-aa97-7581-b599-b70e18debe38',
          distinct_id: 'user_1',
        },
        {
          event: '$ai_generation',
          properties: {
            $ai_lib: 'posthog-ai',
            $ai_lib_version: '8.13.1',
            $ai_provider: 'openai',
            $ai_model: 'fail',
            $ai_model_parameters: {},
            $ai_input: [],
            $ai_output_choices: [],
            $ai_http_status: 429,
            $ai_latency: 0.007,
            $ai_trace_id: '0c9b2b26-a256-4b95-848a-f35a0175fb04',
            $ai_base_url: 'https://api.openai.com/v1',
            $ai_cache_reporting_exclusive: false,
            $ai_tokens_source: 'sdk',
            $ai_is_error: true,
            $ai_error:
              '{"name":"Error","message":"429 Rate limit reached","status":429,"headers":{},"requestID":null,"error":{"message":"Rate limit reached","type":"requests","code":"rate_limit_exceeded"},"code":"rate_limit_exceeded","type":"requests"}',
            $lib: 'posthog-node',
            $lib_version: '5.70.0',
            $is_server: true,
            $geoip_disable: true,
          },
          timestamp: '2026-12-01T10:30:12.895Z',
          uuid: '01a23127-aa9f-7d0f-992a-79eef1359b02',
          distinct_id: 'user_1',
        },
        {
          event: '$ai_embedding',
          properties: {
            $ai_lib: 'posthog-ai',
            $ai_lib_version: '8.13.1',
            $ai_provider: 'openai',
            $ai_model: 'text-embedding-3-small',
            $ai_model_parameters: {},
            $ai_input: 'hi',
            $ai_output_choices: null,
            $ai_http_status: 200,
            $ai_input_tokens: 9,
            $ai_usage: {
              prompt_tokens: 9,
              total_tokens: 9,
            },
            $ai_latency: 0.004,
            $ai_trace_id: '8f616d24-144e-44dc-847a-0d920a79779e',
            $ai_base_url: 'https://api.openai.com/v1',
            $ai_cache_reporting_exclusive: false,
            $ai_tokens_source: 'sdk',
            $lib: 'posthog-node',
            $lib_version: '5.70.0',
            $is_server: true,
            $geoip_disable: true,
          },
          timestamp: '2026-12-01T10:30:12.901Z',
          uuid: '01a23127-aaa5-74b9-9813-5ce3ac92ee68',
          distinct_id: 'user_1',
        },
        {
          event: 'pageview',
          properties: {
            $lib: 'posthog-node',
            $lib_version: '5.70.0',
            $is_server: true,
            $geoip_disable: true,
          },
          timestamp: '2026-12-01T10:30:12.901Z',
          uuid: '01a23127-aaa5-74b9-9813-5ce4771dd680',
          distinct_id: 'u',
        },
      ],
      sent_at: '2026-12-01T10:30:12.902Z',
    },
  },
]
