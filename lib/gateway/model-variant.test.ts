import { describe, expect, test } from 'vitest'
import { wantedModel, wantedModels } from './model-variant'

const OWN = new Set(['acme/atlas', 'acme/gift:free', 'ollama/qwen:7b'])
const isModel = (name: string) => OWN.has(name)

describe('a suffix asks for a variant', () => {
  test.each<[string, string, string | null]>([
    ['acme/atlas', 'acme/atlas', null],
    ['acme/atlas:nitro', 'acme/atlas', 'nitro'],
    ['acme/atlas:floor', 'acme/atlas', 'floor'],
    ['acme/atlas:exacto', 'acme/atlas', 'exacto'],
    ['acme/atlas:free', 'acme/atlas', 'free'],
    ['acme/gift:free', 'acme/gift:free', null],
    ['acme/gift:free:nitro', 'acme/gift:free', 'nitro'],
    ['acme/atlas:floor:nitro', 'acme/atlas', 'nitro'],
    ['ollama/qwen:7b', 'ollama/qwen:7b', null],
    ['ollama/qwen:7b:floor', 'ollama/qwen:7b', 'floor'],
    ['acme/atlas:online', 'acme/atlas:online', null],
    ['acme/atlas:NITRO', 'acme/atlas:NITRO', null],
    ['nobody/knows:nitro', 'nobody/knows', 'nitro'],
    [':nitro', ':nitro', null],
  ])('%s', (name, model, variant) => {
    expect(wantedModel(name, isModel)).toEqual({ model, variant })
  })
})

test('each model is wanted once, as it was first named', () => {
  expect(wantedModels(['acme/atlas:nitro', 'acme/gift:free', 'acme/atlas'], isModel)).toEqual([
    { model: 'acme/atlas', variant: 'nitro' },
    { model: 'acme/gift:free', variant: null },
  ])
})

test("a preset's suffix holds for its models that have none", () => {
  expect(wantedModels(['acme/atlas', 'ollama/qwen:7b:floor'], isModel, 'nitro')).toEqual([
    { model: 'acme/atlas', variant: 'nitro' },
    { model: 'ollama/qwen:7b', variant: 'floor' },
  ])
})
