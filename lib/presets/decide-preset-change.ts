import { AppError } from '../platform/errors'
import { formatInstant } from '../platform/format'
import type { PresetContent } from './merge-preset'
import { isSameJson } from './same-json'
import type { PatchPresetBody, PresetStatus } from './schema'

/** A preset as it is before a change. */
export type CurrentPreset = {
  slug: string
  name: string
  description: string | null
  status: PresetStatus
  content: PresetContent & { version: number; creator: string; createdAtMs: number }
}

/** What a PATCH comes to: fields of the preset itself, and content for a new version; null = none is made. */
export type PresetChange = {
  fields: { slug?: string; name?: string; description?: string | null; status?: PresetStatus }
  content: PresetContent | null
}

/**
 * What a PATCH changes, or nothing at all when everything is as it was. `rollback` is the content of the version that
 * `designated_version` names. Throws `conflict` when another version than the expected one is in use, naming who made
 * it when, and `validation_failed` when a rollback also brings content.
 */
export function decidePresetChange({
  current,
  patch,
  rollback,
}: {
  current: CurrentPreset
  patch: PatchPresetBody
  rollback: PresetContent | null
}): PresetChange {
  refuseStaleEdit({ current, expected: patch.expected_version })
  refuseDoubleContent(patch)
  const wanted: PresetContent = rollback ?? {
    systemPrompt:
      patch.system_prompt === undefined ? current.content.systemPrompt : patch.system_prompt || null,
    config: patch.config ?? current.content.config,
  }
  const isSameContent =
    wanted.systemPrompt === current.content.systemPrompt && isSameJson(wanted.config, current.content.config)
  return { fields: changedFields({ current, patch }), content: isSameContent ? null : wanted }
}

function refuseStaleEdit({
  current,
  expected,
}: {
  current: CurrentPreset
  expected: number | undefined
}): void {
  const { version, creator, createdAtMs } = current.content
  if (expected === undefined || expected === version) return
  throw new AppError(
    'conflict',
    `${creator} changed "${current.slug}" to version ${version} on ${formatInstant(createdAtMs)}; your edit started from version ${expected}.`,
    { details: [{ path: 'expected_version', message: `the version in use is ${version}` }] },
  )
}

function refuseDoubleContent(patch: PatchPresetBody): void {
  if (patch.designated_version === undefined) return
  if (patch.config === undefined && patch.system_prompt === undefined) return
  throw new AppError('validation_failed', 'Some fields are not as expected.', {
    details: [
      {
        path: 'designated_version',
        message: 'a rollback takes the content of that version; leave out config and system_prompt',
      },
    ],
  })
}

function changedFields({
  current,
  patch,
}: {
  current: CurrentPreset
  patch: PatchPresetBody
}): PresetChange['fields'] {
  const { slug, name, status } = patch
  const description = patch.description === undefined ? undefined : patch.description || null
  return {
    ...(slug !== undefined && slug !== current.slug ? { slug } : {}),
    ...(name !== undefined && name !== current.name ? { name } : {}),
    ...(description !== undefined && description !== current.description ? { description } : {}),
    ...(status !== undefined && status !== current.status ? { status } : {}),
  }
}
