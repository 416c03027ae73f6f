/** What a model of the shape takes that others refuse. */
export type GeminiModelRules = {
  /** How its thinking is steered; both ways in one request are refused. */
  thinking: Thinking
  /** It refuses a step whose first call comes back without a thought signature. */
  needsSignatures: boolean
  /** The result of a function may hold pictures and files; before, they follow as parts of their own. */
  takesMediaInResults: boolean
  takesSystemInstruction: boolean
}
type Thinking =
  | { by: 'level'; levels: readonly string[] }
  /** Tokens; `least` is the smallest budget above 0. */
  | { by: 'budget'; least: number; most: number; canBeOff: boolean }
  | { by: 'nothing' }

/**
 * In place of a signature that nobody has, on calls that another model made; works at the Gemini API and on Vertex.
 * Google asks for it on the first call of a step alone: on the others it makes answers worse. Sources: thought
 * signatures, FAQ, of ai.google.dev and of Vertex; github.com/BerriAI/litellm/pull/37541.
 */
export const ABSENT_SIGNATURE = 'skip_thought_signature_validator'
/** Values that stand for no signature; the second works at the Gemini API only. */
export const ABSENT_SIGNATURES: ReadonlySet<string> = new Set([
  ABSENT_SIGNATURE,
  'context_engineering_is_the_way_to_go',
])

const FROM_LOW = ['LOW', 'MEDIUM', 'HIGH'] as const
const MODERN = { needsSignatures: true, takesMediaInResults: true, takesSystemInstruction: true } as const
const OLDER = { needsSignatures: false, takesMediaInResults: false, takesSystemInstruction: true } as const

/**
 * The first row whose pattern fits decides. Sources: thinking and thought signatures of ai.google.dev and of
 * docs.cloud.google.com (tables of levels and budgets, 2026-11), multimodal function responses of ai.google.dev.
 */
const RULES: readonly { models: RegExp; rules: GeminiModelRules }[] = [
  {
    models: /gemma/,
    rules: { ...OLDER, thinking: { by: 'nothing' }, takesSystemInstruction: false },
  },
  { models: /gemini-(1|2\.0)\b|gemini-pro(-vision)?$/, rules: { ...OLDER, thinking: { by: 'nothing' } } },
  {
    models: /gemini-2\.5-pro/,
    rules: { ...OLDER, thinking: { by: 'budget', least: 128, most: 32_768, canBeOff: false } },
  },
  {
    models: /gemini-2\.5-flash-lite/,
    rules: { ...OLDER, thinking: { by: 'budget', least: 512, most: 24_576, canBeOff: true } },
  },
  {
    models: /gemini-2|gemini-robotics-er-1/,
    rules: { ...OLDER, thinking: { by: 'budget', least: 1, most: 24_576, canBeOff: true } },
  },
  {
    models: /gemini-3-pro-image/,
    rules: {
      ...MODERN,
      needsSignatures: false,
      thinking: { by: 'budget', least: 128, most: 32_768, canBeOff: false },
    },
  },
  { models: /gemini-3-pro/, rules: { ...MODERN, thinking: { by: 'level', levels: ['LOW', 'HIGH'] } } },
  {
    models: /gemini-4-hydrogen/,
    rules: { ...MODERN, thinking: { by: 'level', levels: [...FROM_LOW, 'XHIGH'] } },
  },
  {
    models: /gemini-(3\.[7-9]|[4-9](\.\d+)?)-flash(?!-lite)|gemini-\d+(\.\d+)?-pro|gemini-(flash|pro)-latest/,
    rules: { ...MODERN, thinking: { by: 'level', levels: FROM_LOW } },
  },
]
const NEWEST: GeminiModelRules = { ...MODERN, thinking: { by: 'level', levels: ['MINIMAL', ...FROM_LOW] } }

/** The rules for a provider's name of a model; what is not in the table counts as Google's newest. */
export function rulesOfModel(upstreamModel: string): GeminiModelRules {
  const name = upstreamModel.toLowerCase()
  return RULES.find(({ models }) => models.test(name))?.rules ?? NEWEST
}
