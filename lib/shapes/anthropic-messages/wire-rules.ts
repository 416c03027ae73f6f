import type { WireRules } from '../rules/wire-rules'

const parameters = (...names: string[]) => names.map((name) => ({ name, at: [name] }))

/**
 * Where things stand in messages, and what may be left out of them. Source: docs.claude.com, API reference of messages
 * and its beta fields.
 */
export const messagesWireRules: WireRules = {
  toolNames: {
    request: ['tools[].name', 'messages[].content[].name'],
    mentions: ['tool_choice.name'],
    answer: ['content[].name', 'content_block.name', 'message.content[].name'],
  },
  callIds: ['messages[].content[].id', 'messages[].content[].tool_use_id'],
  roles: ['messages[].role'],
  opaqueNames: ['metadata.user_id'],
  tokenLimits: ['max_tokens'],
  efforts: ['output_config.effort'],
  hasThinkingBudget: true,
  optional: [
    ...parameters(
      'temperature',
      'top_p',
      'top_k',
      'service_tier',
      'metadata',
      'thinking',
      'context_management',
      'speed',
      'inference_geo',
    ),
    { name: 'user_id', at: ['metadata.user_id'] },
    { name: 'effort', at: ['output_config.effort'] },
    { name: 'display', at: ['thinking.display'] },
    { name: 'strict', at: ['tools[].strict'] },
    { name: 'eager_input_streaming', at: ['tools[].eager_input_streaming'] },
    { name: 'input_examples', at: ['tools[].input_examples'] },
    { name: 'disable_parallel_tool_use', at: ['tool_choice.disable_parallel_tool_use'] },
    {
      name: 'cache_control',
      at: [
        'cache_control',
        'system[].cache_control',
        'tools[].cache_control',
        'messages[].content[].cache_control',
        'messages[].content[].content[].cache_control',
      ],
    },
    {
      name: 'scope',
      at: [
        'cache_control.scope',
        'system[].cache_control.scope',
        'tools[].cache_control.scope',
        'messages[].content[].cache_control.scope',
        'messages[].content[].content[].cache_control.scope',
      ],
    },
    {
      name: 'ttl',
      at: [
        'cache_control.ttl',
        'system[].cache_control.ttl',
        'tools[].cache_control.ttl',
        'messages[].content[].cache_control.ttl',
        'messages[].content[].content[].cache_control.ttl',
      ],
    },
  ],
  essential: {
    '': [
      'model',
      'messages',
      'system',
      'stream',
      'tools',
      'tool_choice',
      'max_tokens',
      'stop_sequences',
      'output_config',
      'output_format',
      'container',
      'mcp_servers',
      'prompt',
    ],
    'messages[]': ['role', 'content'],
    'tools[]': ['type', 'name', 'description', 'input_schema', 'defer_loading', 'allowed_callers'],
  },
  ownParameters: [],
  edits: [
    { kind: 'shorten', parameter: 'metadata.user_id', at: ['metadata.user_id'], maxLength: 256 },
    { kind: 'tool_names', form: { maxLength: 128, extra: '_-' } },
    { kind: 'call_ids', form: { maxLength: 256, extra: '_-' } },
  ],
}
