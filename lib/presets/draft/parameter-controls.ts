import type { PresetParameter } from '../schema'

/** How a parameter is set in the form. `start` is what it shows when it is first included. */
export type ParameterControl = { label: string; note: string; start: string } & (
  | { kind: 'number'; low: number | null; high: number | null; step: number }
  | { kind: 'choice'; options: readonly string[] }
  | { kind: 'boolean' }
  | { kind: 'texts' }
  | { kind: 'json' }
)

/** Every parameter of a preset in the order of the form; notes and ranges as openrouter.ai/docs, Parameters. */
export const PARAMETER_CONTROLS = {
  temperature: {
    kind: 'number',
    low: 0,
    high: 2,
    step: 0.1,
    start: '1',
    label: 'Temperature',
    note: 'Variety of the answers: 0 nearly always the same, 2 wild.',
  },
  max_tokens: {
    kind: 'number',
    low: 1,
    high: null,
    step: 1,
    start: '1024',
    label: 'Max tokens',
    note: 'The answer ends after so many tokens, reasoning included.',
  },
  top_p: {
    kind: 'number',
    low: 0,
    high: 1,
    step: 0.05,
    start: '1',
    label: 'Top P',
    note: 'Draws only from the likeliest tokens that together have this probability.',
  },
  top_k: {
    kind: 'number',
    low: 0,
    high: null,
    step: 1,
    start: '40',
    label: 'Top K',
    note: 'Draws only from so many of the likeliest tokens; 0 = from all.',
  },
  min_p: {
    kind: 'number',
    low: 0,
    high: 1,
    step: 0.01,
    start: '0.05',
    label: 'Min P',
    note: 'Leaves out tokens less likely than this share of the likeliest.',
  },
  top_a: {
    kind: 'number',
    low: 0,
    high: 1,
    step: 0.05,
    start: '0.1',
    label: 'Top A',
    note: 'As Min P, but against the square of the likeliest.',
  },
  frequency_penalty: {
    kind: 'number',
    low: -2,
    high: 2,
    step: 0.1,
    start: '0',
    label: 'Frequency penalty',
    note: 'Above 0: the more often a token came, the less likely it comes again.',
  },
  presence_penalty: {
    kind: 'number',
    low: -2,
    high: 2,
    step: 0.1,
    start: '0',
    label: 'Presence penalty',
    note: 'Above 0: a token that came at all is less likely to come again.',
  },
  repetition_penalty: {
    kind: 'number',
    low: 0,
    high: 2,
    step: 0.05,
    start: '1',
    label: 'Repetition penalty',
    note: 'Above 1: repeats of the prompt and the answer become less likely.',
  },
  seed: {
    kind: 'number',
    low: null,
    high: null,
    step: 1,
    start: '0',
    label: 'Seed',
    note: 'The same seed and request give the same answer, where a provider supports it.',
  },
  max_completion_tokens: {
    kind: 'number',
    low: 1,
    high: null,
    step: 1,
    start: '1024',
    label: 'Max completion tokens',
    note: 'The newer name of Max tokens; one of the two is enough.',
  },
  verbosity: {
    kind: 'choice',
    start: 'medium',
    label: 'Verbosity',
    options: ['low', 'medium', 'high'],
    note: 'How much the model says, for models that know it.',
  },
  tool_choice: {
    kind: 'choice',
    start: 'auto',
    label: 'Tool choice',
    options: ['auto', 'required', 'none'],
    note: 'Whether the model may, must or must not call a tool. Only sent with tools.',
  },
  parallel_tool_calls: {
    kind: 'boolean',
    start: 'true',
    label: 'Parallel tool calls',
    note: 'Whether one answer may hold several tool calls. Only sent with tools.',
  },
  stop: { kind: 'texts', start: '[]', label: 'Stop', note: 'The answer ends before any of these texts.' },
  response_format: {
    kind: 'json',
    start: '{ "type": "json_object" }',
    label: 'Response format',
    note: 'A JSON object: { "type": "json_object" }, or json_schema with the schema.',
  },
} as const satisfies Record<PresetParameter, ParameterControl>

/** The parameters in the order of the form. */
export const PARAMETER_NAMES = Object.keys(PARAMETER_CONTROLS) as PresetParameter[]

/** A parameter's value as the text that its control holds. */
export function parameterText({ name, value }: { name: PresetParameter; value: unknown }): string {
  const { kind } = PARAMETER_CONTROLS[name]
  if (kind === 'texts') return JSON.stringify(typeof value === 'string' ? [value] : value)
  if (kind === 'json') return JSON.stringify(value, null, 2)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** The value that a control's text stands for; what cannot be read is left for the schema to refuse. */
export function parameterValue({ name, text }: { name: PresetParameter; text: string }): unknown {
  switch (PARAMETER_CONTROLS[name].kind) {
    case 'number':
      return text.trim() === '' ? null : Number(text)
    case 'boolean':
      return text === 'true'
    case 'choice':
      return text.startsWith('{') ? readJson(text) : text
    case 'texts':
    case 'json':
      return readJson(text)
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
