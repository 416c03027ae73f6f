/** Recorded from langfuse 3.39.2 on 2026-12-01, against a local server that answers as OpenAI and Anthropic do. */
export const RECORDED: readonly {
  method: string
  path: string
  headers: Record<string, string>
  body: unknown
}[] = [
  {
    method: 'POST',
    path: '/api/public/ingestion',
    headers: {
      'content-type': 'application/json',
      'x-langfuse-sdk-name': 'langfuse-js',
      'x-langfuse-sdk-version': '3.39.2',
      'x-langfuse-sdk-variant': 'langfuse',
      'x-langfuse-sdk-integration': 'DEFAULT',
      'x-langfuse-public-key': 'pk-lf-test',
      authorization: 'Basic cGstbGYtdGVzdDpzay1sZi10ZXN0',
      'user-agent': 'node',
    },
    body: {
      batch: [
        {
          id: '0a996435-dce3-4a90-b1ea-b3414b9afa31',
          type: 'span-create',
          timestamp: '2026-12-01T10:30:11.803Z',
          body: {
            id: '452e222e-ccca-4adb-81b6-b228f7e0a45f',
            startTime: '2026-12-01T10:30:11.802Z',
            name: 'retrieval',
            traceId: '9cecde26-7b6d-4865-94ec-98146360dede',
            parentObservationId: null,
          },
        },
        {
          id: '2764b794-6942-4349-bacf-d559dac0f486',
          type: 'generation-create',
          timestamp: '2026-12-01T10:30:11.804Z',
          body: {
            id: 'c773f3b4-6705-4524-a4b7-d6f5c03040f6',
            startTime: '2026-12-01T10:30:11.802Z',
            name: 'old',
            model: 'gpt-4o',
            usage: {
              promptTokens: 10,
              completionTokens: 3,
              totalTokens: 13,
            },
            traceId: '9cecde26-7b6d-4865-94ec-98146360dede',
            parentObservationId: '452e222e-ccca-4adb-81b6-b228f7e0a45f',
          },
        },
        {
          id: 'ccfa1f61-d0a7-458d-b16c-5e4f58fc5438',
          type: 'generation-update',
          timestamp: '2026-12-01T10:30:11.804Z',
          body: {
            level: 'ERROR',
            statusMessage: '429 Rate limit reached',
            id: 'c773f3b4-6705-4524-a4b7-d6f5c03040f6',
            traceId: '9cecde26-7b6d-4865-94ec-98146360dede',
            endTime: '2026-12-01T10:30:11.802Z',
          },
        },
        {
          id: '89e0843f-cfb3-44a3-a150-1dfb6b4a87ae',
          type: 'span-update',
          timestamp: '2026-12-01T10:30:11.804Z',
          body: {
            id: '452e222e-ccca-4adb-81b6-b228f7e0a45f',
            traceId: '9cecde26-7b6d-4865-94ec-98146360dede',
            endTime: '2026-12-01T10:30:11.802Z',
          },
        },
        {
          id: 'a8183758-7eaf-4aa5-acff-2c187f367c3f',
          type: 'score-create',
          timestamp: '2026-12-01T10:30:11.804Z',
          body: {
            id: '32b3afe8-7a26-45d0-a07d-fc0049a74d28',
            name: 'q',
            value: 1,
            traceId: '9cecde26-7b6d-4865-94ec-98146360dede',
            observationId: null,
          },
        },
        {
          id: '69c19853-0f47-4136-8e0b-8c794cf620a6',
          type: 'event-create',
          timestamp: '2026-12-01T10:30:11.804Z',
          body: {
            id: '3abe362a-a622-44c1-8fd0-65576d3036db',
            startTime: '2026-12-01T10:30:11.803Z',
            name: 'e',
            traceId: '9cecde26-7b6d-4865-94ec-98146360dede',
            parentObservationId: null,
          },
        },
        {
          id: '7cb03b72-ca8d-44d1-82b0-42051eb1bd8f',
          type: 'trace-create',
          timestamp: '2026-12-01T10:30:11.804Z',
          body: {
            id: '9cecde26-7b6d-4865-94ec-98146360dede',
            timestamp: '2026-12-01T10:30:11.801Z',
            name: 'chat',
            userId: 'u-1',
            sessionId: 's-1',
            metadata: {
              a: 1,
            },
            tags: ['x'],
          },
        },
        {
          id: 'f637ffb9-113a-4ea5-a8ea-2bb82f093cf1',
          type: 'generation-create',
          timestamp: '2026-12-01T10:30:11.804Z',
          body: {
            id: '56872191-b606-404e-81ef-f0f5b558f35c',
            startTime: '2026-12-01T10:30:11.802Z',
            name: 'answer',
            model: 'gpt-5-mini',
            modelParameters: {
              temperature: 0.2,
            },
            input: [
              {
                role: 'user',
                content: 'Weather in Oslo?',
              },
            ],
            traceId: '9cecde26-7b6d-4865-94ec-98146360dede',
            parentObservationId: null,
          },
        },
        {
          id: '85ed3afc-7322-4798-b17a-482b1c29a775',
          type: 'generation-update',
          timestamp: '2026-12-01T10:30:11.804Z',
          body: {
            output: {
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
            usageDetails: {
              input: 56,
              output: 18,
              input_cached_tokens: 64,
              total: 138,
            },
            costDetails: {
              input: 0.0001,
              output: 0.0002,
              total: 0.0003,
            },
            id: '56872191-b606-404e-81ef-f0f5b558f35c',
            traceId: '9cecde26-7b6d-4865-94ec-98146360dede',
            endTime: '2026-12-01T10:30:11.802Z',
          },
        },
      ],
      metadata: {
        batch_size: 9,
        sdk_integration: 'DEFAULT',
        sdk_version: '3.39.2',
        sdk_variant: 'langfuse',
        public_key: 'pk-lf-test',
        sdk_name: 'langfuse-js',
      },
    },
  },
  {
    method: 'POST',
    path: '/api/public/ingestion',
    headers: {
      'content-type': 'application/json',
      'x-langfuse-sdk-name': 'langfuse-js',
      'x-langfuse-sdk-version': '3.39.2',
      'x-langfuse-sdk-variant': 'langfuse',
      'x-langfuse-sdk-integration': 'DEFAULT',
      'x-langfuse-public-key': 'pk-lf-test',
      authorization: 'Basic cGstbGYtdGVzdDpzay1sZi10ZXN0',
      'user-agent': 'node',
    },
    body: {
      batch: [
        {
          id: '03f8c8b7-db72-41c9-9787-f43fc230a795',
          type: 'generation-create',
          timestamp: '2026-12-01T10:30:11.863Z',
          body: {
            id: 'aaa36194-63aa-466b-a85e-29fae37e072d',
            startTime: '2026-12-01T10:30:11.863Z',
            name: 'late',
            model: 'gpt-5-mini',
            usage: {
              input: 5,
              output: 6,
              unit: 'TOKENS',
            },
            completionStartTime: '2026-12-01T10:30:11.963Z',
            traceId: '9cecde26-7b6d-4865-94ec-98146360dede',
            parentObservationId: null,
          },
        },
      ],
      metadata: {
        batch_size: 1,
        sdk_integration: 'DEFAULT',
        sdk_version: '3.39.2',
        sdk_variant: 'langfuse',
        public_key: 'pk-lf-test',
        sdk_name: 'langfuse-js',
      },
    },
  },
  {
    method: 'POST',
    path: '/api/public/ingestion',
    headers: {
      'content-type': 'application/json',
      'x-langfuse-sdk-name': 'langfuse-js',
      'x-langfuse-sdk-version': '3.39.2',
      'x-langfuse-sdk-variant': 'langfuse',
      'x-langfuse-sdk-integration': 'DEFAULT',
      'x-langfuse-public-key': 'pk-lf-test',
      authorization: 'Basic cGstbGYtdGVzdDpzay1sZi10ZXN0',
      'user-agent': 'node',
    },
    body: {
      batch: [
        {
          id: 'bdf22ce3-0f5a-44b8-bab2-8ce6b0fa3c75',
          type: 'generation-update',
          timestamp: '2026-12-01T10:30:11.869Z',
          body: {
            output: 'x',
            id: 'aaa36194-63aa-466b-a85e-29fae37e072d',
            traceId: '9cecde26-7b6d-4865-94ec-98146360dede',
            endTime: '2026-12-01T10:30:11.869Z',
          },
        },
      ],
      metadata: {
        batch_size: 1,
        sdk_integration: 'DEFAULT',
        sdk_version: '3.39.2',
        sdk_variant: 'langfuse',
        public_key: 'pk-lf-test',
        sdk_name: 'langfuse-js',
      },
    },
  },
]
