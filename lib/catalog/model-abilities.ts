import type { InputModality, OutputModality } from '../records/vocabulary'

/** What a model can do, as far as it is known: null and empty = not said. */
export type ModelAbilities = {
  inputModalities: InputModality[]
  outputModalities: OutputModality[]
  supportsReasoning: boolean | null
  supportsStructuredOutput: boolean | null
}

type Rule = {
  /** Of the name after its author, in lower case. */
  names: RegExp
  /** `text` alone where left out. */
  input?: readonly InputModality[]
  output?: readonly OutputModality[]
  reasoning?: boolean
  structuredOutput?: boolean
}

const IMAGE = ['text', 'image'] as const
const FILE = ['text', 'image', 'file'] as const
const VIDEO = ['text', 'image', 'video'] as const
const ALL = ['text', 'image', 'file', 'audio', 'video'] as const

/**
 * Well-known families; the first rule that fits holds. Only what a whole family has in common stands here: what a
 * provider's own list or a person says of an endpoint stands before it.
 * Source: models.dev (MIT), 2026-07-02, and the makers' own model pages.
 */
const RULES: readonly Rule[] = [
  { names: /(^|[-/])(text-)?embed|embedding|^(bge|gte|e5|voyage)-/, output: ['embeddings'] },
  { names: /^(whisper|gpt-4o.*-transcribe|.*-asr)/, input: ['audio'] },
  { names: /(^|-)tts|^orpheus/, output: ['audio'] },
  { names: /^(gpt-image|chatgpt-image|dall-e|imagen|flux)/, input: IMAGE, output: ['image'] },
  { names: /^gemini-.*-image/, input: IMAGE, output: ['text', 'image'], reasoning: true },
  { names: /^(sora|veo)/, output: ['video'] },

  { names: /^gpt-oss-safeguard/, reasoning: true },
  { names: /^gpt-oss/, reasoning: true, structuredOutput: true },
  { names: /^o3-mini/, reasoning: true, structuredOutput: true },
  { names: /^o[134](-|$)/, input: FILE, reasoning: true, structuredOutput: true },
  { names: /^gpt-5(\.\d+)?-chat/, input: FILE, structuredOutput: true },
  { names: /^(gpt-[56789]|codex)/, input: FILE, reasoning: true, structuredOutput: true },
  {
    names: /^gpt-4o-audio|^gpt-audio/,
    input: ['text', 'audio'],
    output: ['text', 'audio'],
    reasoning: false,
  },
  { names: /^(gpt-4o|chatgpt-4o|gpt-4\.1)/, input: FILE, reasoning: false, structuredOutput: true },
  { names: /^gpt-4-turbo/, input: IMAGE, reasoning: false, structuredOutput: false },
  { names: /^gpt-(4|3\.5)/, reasoning: false, structuredOutput: false },

  { names: /^claude-3-7/, input: FILE, reasoning: true },
  { names: /^claude-(3|instant|2)/, input: FILE, reasoning: false },
  { names: /^claude-/, input: FILE, reasoning: true },

  { names: /^gemini-(1|2\.0)/, input: ALL, reasoning: false, structuredOutput: true },
  { names: /^gemini-/, input: ALL, reasoning: true, structuredOutput: true },
  { names: /^gemma-?4/, input: IMAGE, reasoning: true, structuredOutput: true },
  { names: /^gemma-?3/, input: IMAGE, reasoning: false },

  { names: /^grok-.*non-reasoning/, input: IMAGE, reasoning: false, structuredOutput: true },
  { names: /^grok-(4|build|code)/, input: IMAGE, reasoning: true, structuredOutput: true },

  { names: /^deepseek-(reasoner|r\d)/, reasoning: true },
  { names: /^deepseek-chat/, reasoning: false },
  { names: /^deepseek-(v(3[.p-][12]|4))/, reasoning: true },

  { names: /^kimi-k2[.p]\d/, input: VIDEO, reasoning: true },
  { names: /^kimi-k2-thinking/, reasoning: true },
  { names: /^kimi-k2/, reasoning: false },

  { names: /^glm-\d([.p]\d)?v/, input: VIDEO, reasoning: true },
  { names: /^glm-(4[.p][5-9]|[5-9])/, reasoning: true },

  { names: /^qwen.*-omni/, input: ['text', 'image', 'audio', 'video'], output: ['text', 'audio'] },
  { names: /^qwen3[.p][5-9]-(plus|flash|\d)/, input: VIDEO, reasoning: true },
  { names: /^qwen3[.p][5-9]/, reasoning: true },
  { names: /^qwen3-vl/, input: IMAGE, reasoning: true },
  { names: /^qwen.*-vl/, input: IMAGE, reasoning: false },
  { names: /^qvq/, input: IMAGE, reasoning: true },
  { names: /^qwq|^qwen3.*-thinking/, reasoning: true },
  { names: /^qwen3-coder|^qwen3.*-instruct|^qwen-?2/, reasoning: false },
  { names: /^qwen3-\d+b/, reasoning: true },

  { names: /^minimax-m3/, input: VIDEO, reasoning: true },
  { names: /^minimax-m[12]/, reasoning: true },

  { names: /^magistral/, reasoning: true },
  { names: /^pixtral/, input: IMAGE, reasoning: false },
  { names: /^(codestral|ministral|devstral|open-mi|mistral-nemo)/, reasoning: false },
  { names: /^llama-?4/, input: IMAGE, reasoning: false },
  { names: /^llama-?3[.-]?2.*-vision/, input: IMAGE, reasoning: false },
  { names: /^(meta-)?llama-?[23]/, reasoning: false },
  { names: /^nova-(lite|pro|premier)/, input: VIDEO, reasoning: false },
  { names: /^nova-micro/, reasoning: false },
  { names: /^command-a-vision/, input: IMAGE, reasoning: false },
  { names: /^command-a-reasoning/, reasoning: true },
  { names: /^command/, reasoning: false },
  { names: /^sonar-(reasoning|deep)/, reasoning: true, structuredOutput: true },
  { names: /^sonar/, reasoning: false, structuredOutput: true },
  { names: /^mercury-2/, reasoning: true, structuredOutput: true },
  { names: /^nemotron-3/, reasoning: true },
]

/** What a model's family can do; `model` is `author/slug` or a bare name. Nothing is said of families we do not know. */
export function familyAbilities(model: string): ModelAbilities {
  const name = model.slice(model.lastIndexOf('/') + 1).toLowerCase()
  const rule = RULES.find(({ names }) => names.test(name))
  if (rule === undefined) {
    return {
      inputModalities: [],
      outputModalities: [],
      supportsReasoning: null,
      supportsStructuredOutput: null,
    }
  }
  return {
    inputModalities: [...(rule.input ?? ['text'])],
    outputModalities: [...(rule.output ?? ['text'])],
    supportsReasoning: rule.reasoning ?? null,
    supportsStructuredOutput: rule.structuredOutput ?? null,
  }
}
