import { isSameJson } from '../same-json'
import type { CreatePresetBody, PatchPresetBody, Preset } from '../schema'
import { draftToBody } from './draft-to-body'
import { draftOfPreset } from './preset-draft'

/**
 * What a form changes of the preset it started from, as the body of a PATCH: names only where they differ, so that
 * somebody else's new name is not undone, and the content as a whole or not at all. `expected_version` is for the
 * caller to add when there is content.
 */
export function draftChanges({ body, base }: { body: CreatePresetBody; base: Preset }): PatchPresetBody {
  const { slug, name, description, system_prompt, config } = body
  return {
    ...(slug === base.slug ? {} : { slug }),
    ...(name === base.name ? {} : { name }),
    ...((description ?? null) === base.description ? {} : { description }),
    ...(hasSameContent({ body, base }) ? {} : { system_prompt, config }),
  }
}

function hasSameContent({ body, base }: { body: CreatePresetBody; base: Preset }): boolean {
  // Through the form once, so that shorthands which it writes out do not count as a change.
  const before = draftToBody(draftOfPreset(base))
  return (
    before.ok &&
    isSameJson(body.config, before.body.config) &&
    isSameJson(body.system_prompt, before.body.system_prompt)
  )
}
