import type { FieldError } from '../platform/errors'
import { parseJson } from './draft/parse-json'
import type { DraftSource } from './draft/preset-draft'
import { isJsonObject } from './same-json'
import { createPresetBody, type Preset } from './schema'

/** A file that was read as a preset, or why it cannot be. */
export type ReadPresetFile = { ok: true; source: DraftSource } | { ok: false; errors: FieldError[] }

/** A preset as a JSON file: what `POST /api/v1/presets` takes, with the version in use. */
export function presetFile(preset: Preset): { name: string; text: string } {
  const { slug, name, description, designated_version: version } = preset
  const { system_prompt, config } = version
  const body = { slug, name, description, system_prompt, config }
  return { name: `${slug}.json`, text: `${JSON.stringify(body, null, 2)}\n` }
}

/**
 * Reads what `presetFile` wrote, or a preset as OpenRouter's API and ours answer it (`{data: …}` or bare). Errors name
 * the field, or line and column when it is not JSON.
 */
export function readPresetFile(text: string): ReadPresetFile {
  const parsed = parseJson(text)
  if (!parsed.ok) {
    const { line, column } = parsed.place
    return { ok: false, errors: [{ path: '', message: `line ${line}, column ${column}: ${parsed.message}` }] }
  }
  const checked = createPresetBody.safeParse(withoutEnvelope(parsed.value))
  if (!checked.success) {
    const errors = checked.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
    return { ok: false, errors }
  }
  const { slug, name, description, system_prompt, config } = checked.data
  return {
    ok: true,
    source: {
      slug,
      name: name ?? slug,
      description: description ?? null,
      system_prompt: system_prompt ?? null,
      config: config ?? {},
    },
  }
}

function withoutEnvelope(value: unknown): unknown {
  const preset = isJsonObject(value) && isJsonObject(value.data) ? value.data : value
  if (!isJsonObject(preset) || !isJsonObject(preset.designated_version)) return preset
  const { slug, name, description, designated_version: version } = preset
  return { slug, name, description, system_prompt: version.system_prompt, config: version.config }
}
