import { pick, type Random } from '../../platform/random'
import type { OfferedTool } from '../../records/check-tool-calls'
import { checkAgainstSchema } from '../../records/json-schema/check-against-schema'
import { asNames, asSchema, resolveSchema } from './resolve-schema'
import type { ToolFault } from './schema'

/** A call as a model writes it: `arguments` is text, which a fault may have made something else than JSON. */
export type DrawnToolCall = { name: string; arguments: string }

type BreakInput = { call: DrawnToolCall; tool: OfferedTool; tools: readonly OfferedTool[]; random: Random }

/**
 * The call broken the way careless serving software breaks it: arguments cut off or written as Python, a name that was
 * not offered, a parameter missing or of another type. Null when this call cannot be broken that way, as its schema
 * takes anything.
 */
export function breakToolCall({ fault, ...input }: BreakInput & { fault: ToolFault }): DrawnToolCall | null {
  switch (fault) {
    case 'invalid_json':
      return { name: input.call.name, arguments: breakJson(input.call.arguments, input.random) }
    case 'unknown_name':
      return { name: inventName(input), arguments: input.call.arguments }
    case 'schema_mismatch':
      return breakParameters(input)
  }
}

function breakJson(text: string, random: Random): string {
  const at = Math.max(1, Math.floor(text.length * (0.3 + 0.6 * random())))
  const forms = [
    text.slice(0, at),
    text.replaceAll('"', "'"),
    `${text}${text.slice(-1)}`,
    `\`\`\`json\n${text}\n\`\`\``,
    `${text.slice(0, -1)},}`,
  ]
  const chosen = pick(random, forms)
  // `12` cut in half is `1`, and `{}` has no quotes to replace.
  return isJson(chosen) ? `${text}}` : chosen
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function inventName({ call, tools, random }: BreakInput): string {
  const offered = new Set(tools.map((tool) => tool.name))
  const base = call.name.slice(0, 50)
  const forms = [`${base}_v2`, `functions_${base}`, base.replaceAll('_', ''), `do_${base}`, `${base}s`]
  let name = pick(random, forms)
  while (offered.has(name)) name = `${name}_2`
  return name
}

function breakParameters({ call, tool, random }: BreakInput): DrawnToolCall | null {
  const schema = resolveSchema(tool.schema, { root: tool.schema, random, depth: 0 })
  const value: unknown = JSON.parse(call.arguments)
  const candidates = [...brokenObjects(schema ?? {}, value, random), [value], 'none']
  for (const candidate of candidates) {
    const { result } = checkAgainstSchema({ schema: tool.schema, value: candidate })
    if (result === 'invalid') return { name: call.name, arguments: JSON.stringify(candidate) }
  }
  return null
}

/** Every way to spoil one parameter, in a drawn order of parameters: left out, of another type, a made-up one added. */
function* brokenObjects(schema: Record<string, unknown>, value: unknown, random: Random): Generator<unknown> {
  const object = asSchema(value)
  if (!object) return
  const required = asNames(schema.required)
  const keys = Object.keys(object)
  const offset = Math.floor(random() * Math.max(1, keys.length))
  const turned = [...keys.slice(offset), ...keys.slice(0, offset)]
  const isLeftOutFirst = random() < 0.6
  const leftOut = turned
    .filter((key) => required.includes(key))
    .map((key) => Object.fromEntries(Object.entries(object).filter(([name]) => name !== key)))
  const retyped = turned.map((key) => ({ ...object, [key]: otherType(object[key]) }))
  yield* isLeftOutFirst ? [...leftOut, ...retyped] : [...retyped, ...leftOut]
  yield { ...object, reason: 'because it was asked for' }
}

function otherType(value: unknown): unknown {
  if (typeof value === 'string') return { value }
  if (typeof value === 'number' || typeof value === 'boolean') return `about ${value}`
  return Array.isArray(value) ? value.map(String).join(', ') : 'none'
}
