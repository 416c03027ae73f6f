import { AppError } from '../platform/errors'

/** `not_found` that names the slug. */
export function noPreset(slug: string): AppError {
  return new AppError('not_found', `There is no preset "${slug}".`)
}

/** `not_found` that names the version. */
export function noVersion({ slug, version }: { slug: string; version: number }): AppError {
  return new AppError('not_found', `The preset "${slug}" has no version ${version}.`)
}

/** `conflict` that names the slug; archived presets keep theirs. */
export function slugTaken(slug: string): AppError {
  const message = `There is a preset "${slug}" already; archived ones count until they are deleted.`
  return new AppError('conflict', message, {
    details: [{ path: 'slug', message: 'taken by another preset' }],
  })
}
