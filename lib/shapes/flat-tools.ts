/**
 * The name of a tool or call in shapes that know no namespaces: `namespace__name`, as agents write MCP tools. The name
 * alone when it is in none.
 */
export function flatToolName({ name, namespace }: { name: string; namespace: string | null }): string {
  return namespace === null ? name : `${namespace}__${name}`
}
