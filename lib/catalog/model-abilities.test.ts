import { expect, test } from 'vitest'
import { familyAbilities } from './model-abilities'

test.each<[string, string, boolean | null, string]>([
  ['openai/gpt-5-mini', 'text image file', true, 'text'],
  ['openai/gpt-oss-120b', 'text', true, 'text'],
  ['openai/o3-mini', 'text', true, 'text'],
  ['openai/o4-mini', 'text image file', true, 'text'],
  ['openai/gpt-4o-2024-11-20', 'text image file', false, 'text'],
  ['openai/gpt-3.5-turbo', 'text', false, 'text'],
  ['openai/text-embedding-3-small', 'text', null, 'embeddings'],
  ['openai/whisper-1', 'audio', null, 'text'],
  ['anthropic/claude-3-5-haiku', 'text image file', false, 'text'],
  ['anthropic/claude-3-7-sonnet-20250219', 'text image file', true, 'text'],
  ['anthropic/claude-sonnet-5', 'text image file', true, 'text'],
  ['google/gemini-3.5-flash', 'text image file audio video', true, 'text'],
  ['google/gemini-2.0-flash', 'text image file audio video', false, 'text'],
  ['google/gemini-2.5-flash-image', 'text image', true, 'text image'],
  ['deepseek/deepseek-v3p1', 'text', true, 'text'],
  ['deepseek-ai/DeepSeek-V4-Pro', 'text', true, 'text'],
  ['moonshotai/Kimi-K2.5', 'text image video', true, 'text'],
  ['moonshotai/kimi-k2-0905', 'text', false, 'text'],
  ['z-ai/glm-4.6v', 'text image video', true, 'text'],
  ['z-ai/glm-4.6', 'text', true, 'text'],
  ['meta-llama/Llama-3.3-70B-Instruct', 'text', false, 'text'],
  ['meta-llama/llama-4-scout', 'text image', false, 'text'],
  ['qwen/qwen3-vl-235b-a22b', 'text image', true, 'text'],
  ['acme/atlas-120b', '', null, ''],
  ['acme/o1ympus', '', null, ''],
])('%s takes %s', (model, input, reasoning, output) => {
  const abilities = familyAbilities(model)
  expect(abilities.inputModalities.join(' ')).toBe(input)
  expect(abilities.supportsReasoning).toBe(reasoning)
  expect(abilities.outputModalities.join(' ')).toBe(output)
})
