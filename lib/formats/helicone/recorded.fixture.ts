/** Recorded from @helicone/helpers 1.8.3 on 2026-12-01, against a local server that answers as OpenAI and Anthropic do. */
export const RECORDED: readonly {
  method: string
  path: string
  headers: Record<string, string>
  body: unknown
}[] = [
  {
    method: 'POST',
    path: '/custom/v1/log',
    headers: {
      authorization: 'Bearer sk-helicone-test',
      'content-type': 'application/json',
      'helicone-session-id': 's-1',
      'helicone-user-id': 'u-1',
      'helicone-property-app': 'shop',
      'user-agent': 'node',
    },
    body: {
      providerRequest: {
        url: 'custom-model-nopath',
        json: {
          model: 'gpt-5-mini',
          messages: [
            {
              role: 'user',
              content: 'Weather in Oslo?',
            },
          ],
          tools: [
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
        },
        meta: {},
      },
      providerResponse: {
        headers: {
          'Helicone-Session-Id': 's-1',
        },
        status: 200,
        json: {
          id: 'chatcmpl-1',
          object: 'chat.completion',
          created: 1795386577,
          model: 'gpt-5-mini-2025-08-07',
          choices: [
            {
              index: 0,
              finish_reason: 'tool_calls',
              message: {
                role: 'assistant',
                content: null,
                tool_calls: [
                  {
                    id: 'call_1',
                    type: 'function',
                    function: {
                      name: 'get_weather',
                      arguments: '{"city":"Oslo"}',
                    },
                  },
                ],
              },
            },
          ],
          usage: {
            prompt_tokens: 120,
            completion_tokens: 18,
            total_tokens: 138,
            prompt_tokens_details: {
              cached_tokens: 64,
            },
          },
        },
      },
      timing: {
        startTime: {
          seconds: 1796121010,
          milliseconds: 987,
        },
        endTime: {
          seconds: 1796121010,
          milliseconds: 987,
        },
      },
    },
  },
  {
    method: 'POST',
    path: '/custom/v1/log',
    headers: {
      authorization: 'Bearer sk-helicone-test',
      'content-type': 'application/json',
      'helicone-session-id': 's-1',
      'helicone-user-id': 'u-2',
      'user-agent': 'node',
    },
    body: {
      providerRequest: {
        url: 'custom-model-nopath',
        json: {
          model: 'gpt-5-mini',
          messages: [
            {
              role: 'user',
              content: 'hi',
            },
          ],
        },
        meta: {},
      },
      providerResponse: {
        headers: {
          'Helicone-Session-Id': 's-1',
        },
        status: 200,
        json: {},
        textBody:
          '{"id":"chatcmpl-1","object":"chat.completion","created":1795386577,"model":"gpt-5-mini-2025-08-07","choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\\"city\\":\\"Oslo\\"}"}}]}}],"usage":{"prompt_tokens":120,"completion_tokens":18,"total_tokens":138,"prompt_tokens_details":{"cached_tokens":64}}}',
      },
      timing: {
        startTime: {
          seconds: 1796121011,
          milliseconds: 30,
        },
        endTime: {
          seconds: 1796121011,
          milliseconds: 351,
        },
      },
    },
  },
  {
    method: 'POST',
    path: '/custom/v1/log',
    headers: {
      authorization: 'Bearer sk-helicone-test',
      'content-type': 'application/json',
      'helicone-session-id': 's-1',
      'user-agent': 'node',
    },
    body: {
      providerRequest: {
        url: 'custom-model-nopath',
        json: {
          model: 'gpt-5-mini',
          stream: true,
          messages: [
            {
              role: 'user',
              content: 'hi',
            },
          ],
        },
        meta: {},
      },
      providerResponse: {
        headers: {
          'Helicone-Session-Id': 's-1',
        },
        status: 200,
        json: {},
        textBody:
          'data: {"id":"c1","object":"chat.completion.chunk","model":"gpt-5-mini-2025-08-07","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi"},"finish_reason":null}]}\n\ndata: {"id":"c1","object":"chat.completion.chunk","model":"gpt-5-mini-2025-08-07","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: {"id":"c1","object":"chat.completion.chunk","model":"gpt-5-mini-2025-08-07","choices":[],"usage":{"prompt_tokens":20,"completion_tokens":5,"total_tokens":25}}\n\ndata: [DONE]\n\n',
      },
      timing: {
        startTime: {
          seconds: 1796121011,
          milliseconds: 34,
        },
        endTime: {
          seconds: 1796121011,
          milliseconds: 34,
        },
        timeToFirstToken: 0,
      },
    },
  },
  {
    method: 'POST',
    path: '/custom/v1/log',
    headers: {
      authorization: 'Bearer sk-helicone-test',
      'content-type': 'application/json',
      'helicone-session-id': 's-1',
      'user-agent': 'node',
    },
    body: {
      providerRequest: {
        url: 'custom-model-nopath',
        json: {
          model: 'gpt-5-mini',
          stream: true,
          messages: [
            {
              role: 'user',
              content: 'hi',
            },
          ],
        },
        meta: {},
      },
      providerResponse: {
        headers: {
          'Helicone-Session-Id': 's-1',
        },
        status: 200,
        json: {},
        textBody:
          'data: {"id":"c1","object":"chat.completion.chunk","model":"gpt-5-mini-2025-08-07","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi"},"finish_reason":null}]}\n\ndata: {"id":"c1","object":"chat.completion.chunk","model":"gpt-5-mini-2025-08-07","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: {"id":"c1","object":"chat.completion.chunk","model":"gpt-5-mini-2025-08-07","choices":[],"usage":{"prompt_tokens":20,"completion_tokens":5,"total_tokens":25}}\n\ndata: [DONE]\n\n',
      },
      timing: {
        startTime: {
          seconds: 1796121011,
          milliseconds: 37,
        },
        endTime: {
          seconds: 1796121011,
          milliseconds: 37,
        },
        timeToFirstToken: 0,
      },
    },
  },
  {
    method: 'POST',
    path: '/anthropic/v1/log',
    headers: {
      authorization: 'Bearer sk-helicone-test',
      'content-type': 'application/json',
      'helicone-session-id': 's-1',
      'user-agent': 'node',
    },
    body: {
      providerRequest: {
        url: 'custom-model-nopath',
        json: {
          model: 'claude-sonnet-4-5',
          max_tokens: 100,
          messages: [
            {
              role: 'user',
              content: 'hi',
            },
          ],
        },
        meta: {},
      },
      providerResponse: {
        headers: {
          'Helicone-Session-Id': 's-1',
        },
        status: 200,
        json: {
          id: 'msg_1',
          type: 'message',
          role: 'assistant',
          model: 'claude-sonnet-4-5-20250929',
          content: [
            {
              type: 'text',
              text: 'hi',
            },
          ],
          stop_reason: 'end_turn',
          usage: {
            input_tokens: 10,
            output_tokens: 3,
            cache_read_input_tokens: 100,
            cache_creation_input_tokens: 50,
          },
        },
      },
      timing: {
        startTime: {
          seconds: 1796121011,
          milliseconds: 41,
        },
        endTime: {
          seconds: 1796121011,
          milliseconds: 41,
        },
      },
      provider: 'anthropic',
    },
  },
  {
    method: 'POST',
    path: '/oai/v1/log',
    headers: {
      authorization: 'Bearer sk-helicone-test',
      'content-type': 'application/json',
      'helicone-session-id': 's-1',
      'user-agent': 'node',
    },
    body: {
      providerRequest: {
        url: 'custom-model-nopath',
        json: {
          model: 'gpt-5-mini',
          messages: [
            {
              role: 'user',
              content: 'hi',
            },
          ],
        },
        meta: {},
      },
      providerResponse: {
        headers: {
          'Helicone-Session-Id': 's-1',
        },
        status: 200,
        json: {
          id: 'chatcmpl-1',
          object: 'chat.completion',
          created: 1795386577,
          model: 'gpt-5-mini-2025-08-07',
          choices: [
            {
              index: 0,
              finish_reason: 'tool_calls',
              message: {
                role: 'assistant',
                content: null,
                tool_calls: [
                  {
                    id: 'call_1',
                    type: 'function',
                    function: {
                      name: 'get_weather',
                      arguments: '{"city":"Oslo"}',
                    },
                  },
                ],
              },
            },
          ],
          usage: {
            prompt_tokens: 120,
            completion_tokens: 18,
            total_tokens: 138,
            prompt_tokens_details: {
              cached_tokens: 64,
            },
          },
        },
      },
      timing: {
        startTime: {
          seconds: 1796121011,
          milliseconds: 45,
        },
        endTime: {
          seconds: 1796121011,
          milliseconds: 45,
        },
      },
      provider: 'openai',
    },
  },
  {
    method: 'POST',
    path: '/custom/v1/log',
    headers: {
      authorization: 'Bearer sk-helicone-test',
      'content-type': 'application/json',
      'helicone-session-id': 's-1',
      'user-agent': 'node',
    },
    body: {
      providerRequest: {
        url: 'custom-model-nopath',
        json: {
          _type: 'tool',
          toolName: 'search',
          input: {
            q: 'x',
          },
        },
        meta: {},
      },
      providerResponse: {
        headers: {
          'Helicone-Session-Id': 's-1',
        },
        status: 200,
        json: {
          _type: 'tool',
          toolName: 'search',
          status: 'success',
          message: 'ok',
          tips: [],
          metrics: {
            latency: 3,
          },
        },
      },
      timing: {
        startTime: {
          seconds: 1796121011,
          milliseconds: 47,
        },
        endTime: {
          seconds: 1796121011,
          milliseconds: 47,
        },
      },
    },
  },
  {
    method: 'POST',
    path: '/custom/v1/log',
    headers: {
      authorization: 'Bearer sk-helicone-test',
      'content-type': 'application/json',
      'helicone-session-id': 's-1',
      'user-agent': 'node',
    },
    body: {
      providerRequest: {
        url: 'custom-model-nopath',
        json: {
          _type: 'vector_db',
          operation: 'search',
          text: 'x',
        },
        meta: {},
      },
      providerResponse: {
        headers: {
          'Helicone-Session-Id': 's-1',
        },
        status: 200,
        json: {
          _type: 'vector_db',
          status: 'success',
          message: 'ok',
        },
      },
      timing: {
        startTime: {
          seconds: 1796121011,
          milliseconds: 49,
        },
        endTime: {
          seconds: 1796121011,
          milliseconds: 49,
        },
      },
    },
  },
]
