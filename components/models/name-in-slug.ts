/** What stands after the author's slash: the name of a model that nobody gave another. */
export function nameInSlug(model: string): string {
  return model.slice(model.indexOf('/') + 1)
}
