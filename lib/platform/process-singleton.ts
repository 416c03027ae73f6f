/**
 * One value per process under a name. Next bundles its own copy of every module, so a module-level constant would
 * exist once in our server and once more in Next; the global object is what both copies share.
 */
export function processSingleton<T>(name: string, create: () => T): T {
  const registry = globalThis as typeof globalThis & { __sightglass?: Map<string, unknown> }
  registry.__sightglass ??= new Map()
  const existing = registry.__sightglass.get(name)
  // The name is only ever used with one type: each caller keeps its own constant name beside its type.
  if (existing !== undefined) return existing as T
  const created = create()
  registry.__sightglass.set(name, created)
  return created
}
