/**
 * A JSON Schema of `levels` schemas, each of which asks for the next one twice: checking it takes 2 ** levels steps.
 * It is a few kilobytes for forty levels, and any value satisfies it.
 */
export function branchingSchema(levels: number): Record<string, unknown> {
  const schemas = Array.from({ length: levels }, (_, level) => {
    const next = { $ref: `#/$defs/level${level + 1}` }
    return [`level${level}`, { allOf: [next, next] }] as const
  })
  return { $ref: '#/$defs/level0', $defs: { ...Object.fromEntries(schemas), [`level${levels}`]: {} } }
}
