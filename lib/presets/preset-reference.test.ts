import { expect, test } from 'vitest'
import { parseModelReference } from './preset-reference'

test.each([
  [{ model: 'acme/atlas-120b' }, 'acme/atlas-120b', null],
  [{ model: '@preset/tool-runner' }, null, 'tool-runner'],
  [{ model: 'acme/atlas-120b@preset/tool-runner' }, 'acme/atlas-120b', 'tool-runner'],
  [{ model: 'acme/atlas-120b:free@preset/x' }, 'acme/atlas-120b:free', 'x'],
  [{ model: 'acme/atlas-120b', preset: 'tool-runner' }, 'acme/atlas-120b', 'tool-runner'],
  [{ preset: 'tool-runner' }, null, 'tool-runner'],
  [{ model: '@preset/x', preset: 'x' }, null, 'x'],
  [{ model: null, preset: null }, null, null],
  [{}, null, null],
  [{ model: 'acme/@presets' }, 'acme/@presets', null],
])('%j names the model %s and the preset %s', (fields, model, presetSlug) => {
  expect(parseModelReference(fields)).toEqual({ ok: true, model, presetSlug })
})

test.each([
  [{ model: 7 }, 'model', 'author/slug'],
  [{ model: ' ' }, 'model', 'author/slug'],
  [{ model: '@preset/' }, 'model', 'slug after @preset/'],
  [{ model: '@preset/Tool Runner' }, 'model', 'lower-case'],
  [{ model: 'a/b@preset/x@preset/y' }, 'model', 'lower-case'],
  [{ model: 'a/b', preset: '@preset/x' }, 'preset', 'without @preset/'],
  [{ model: 'a/b', preset: ['x'] }, 'preset', 'slug'],
  [{ model: '@preset/x', preset: 'y' }, 'preset', 'x and preset names y'],
])('%j is refused at the field %s', (fields, path, words) => {
  const reference = parseModelReference(fields)
  expect(reference).toMatchObject({ ok: false, problem: { path } })
  expect(reference.ok ? '' : reference.problem.message).toContain(words)
})
