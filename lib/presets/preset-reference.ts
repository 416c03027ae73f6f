import type { FieldError } from '../platform/errors'
import { PRESET_SLUG_PATTERN } from './schema'

const MARK = '@preset/'

/** What a request asks for: its own model, a preset, both, or neither; or which field is wrong and why. */
export type ModelReference =
  | { ok: true; model: string | null; presetSlug: string | null }
  | { ok: false; problem: FieldError }

/**
 * Reads the two fields by which a request names a preset: `model` may be `author/slug`, `@preset/slug` or
 * `author/slug@preset/slug`, and `preset` a slug. Null = not named. Whether model and preset exist is for the caller to
 * find out. Naming two different presets is a problem, naming one twice is not. (openrouter.ai/docs, Presets.)
 */
export function parseModelReference({
  model,
  preset,
}: {
  model?: unknown
  preset?: unknown
}): ModelReference {
  const named = parseModelField(model)
  if (!named.ok || preset === undefined || preset === null) return named
  if (typeof preset !== 'string' || !PRESET_SLUG_PATTERN.test(preset)) {
    return problem('preset', `expected a preset's slug such as tool-runner, without ${MARK}`)
  }
  if (named.presetSlug !== null && named.presetSlug !== preset) {
    return problem(
      'preset',
      `model names the preset ${named.presetSlug} and preset names ${preset}; name one of them`,
    )
  }
  return { ok: true, model: named.model, presetSlug: preset }
}

function parseModelField(model: unknown): ModelReference {
  if (model === undefined || model === null) return { ok: true, model: null, presetSlug: null }
  if (typeof model !== 'string' || model.trim() === '') {
    return problem('model', 'expected author/slug such as acme/atlas-120b, or @preset/slug')
  }
  const at = model.indexOf(MARK)
  if (at < 0) return { ok: true, model, presetSlug: null }
  const presetSlug = model.slice(at + MARK.length)
  if (!PRESET_SLUG_PATTERN.test(presetSlug)) {
    return problem(
      'model',
      `expected a preset's slug after ${MARK}, in lower-case letters, digits and dashes, such as ${MARK}tool-runner`,
    )
  }
  return { ok: true, model: at === 0 ? null : model.slice(0, at), presetSlug }
}

function problem(path: string, message: string): ModelReference {
  return { ok: false, problem: { path, message } }
}
