import { AppError } from '@/lib/platform/errors'
import { toFieldErrors } from '@/lib/platform/http.server'
import type { RequestContent } from './content-from-request'
import { createPreset } from './create-preset.server'
import { type CreatePresetBody, createPresetBody, type Preset } from './schema'
import { updatePreset } from './update-preset.server'

/**
 * Keeps the settings of a live request under a slug: as the new designated version of the preset of that name, or as a
 * new preset. Throws `validation_failed` that names the request's field.
 */
export async function saveRequest({
  slug,
  content,
  actor,
}: {
  slug: string
  content: RequestContent
  actor: string
}): Promise<Preset> {
  const input = parseContent({ slug, content })
  const patch = { config: input.config, system_prompt: input.system_prompt }
  return updatePreset({ slug, patch, actor }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') return createPreset({ input, actor })
    throw error
  })
}

function parseContent({ slug, content }: { slug: string; content: RequestContent }): CreatePresetBody {
  const parsed = createPresetBody.safeParse({
    slug,
    system_prompt: content.systemPrompt,
    config: content.config,
  })
  if (parsed.success) return parsed.data
  // The request's fields stand at the top of its body, not under `config`.
  const details = toFieldErrors(parsed.error).map(({ path, message }) => ({
    path: path.replace(/^config\./, ''),
    message,
  }))
  throw new AppError('validation_failed', 'Some fields are not as expected.', { details })
}
