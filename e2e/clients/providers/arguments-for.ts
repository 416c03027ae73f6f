/** A tool's schema as far as the scripts read it; Gemini writes its types in capitals. */
export type JsonSchema = {
  type?: string | readonly string[]
  properties?: Record<string, JsonSchema>
  required?: readonly string[]
  items?: JsonSchema
  anyOf?: readonly JsonSchema[]
  oneOf?: readonly JsonSchema[]
  enum?: readonly unknown[]
  const?: unknown
  default?: unknown
  minimum?: number
}

/** Valid arguments that make a tool read `note.txt` of the folder, whether it takes a path or a command. */
export function argumentsFor(schema: JsonSchema, folder: string): Record<string, unknown> {
  const made = valueFor(schema, '', folder)
  return made !== null && typeof made === 'object' ? { ...made } : {}
}

function valueFor(schema: JsonSchema, name: string, folder: string): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum?.length) return schema.enum[0]
  const [choice] = schema.anyOf ?? schema.oneOf ?? []
  if (choice) return valueFor(choice, name, folder)
  switch (typeOf(schema)) {
    case 'object':
      return Object.fromEntries(
        wanted(schema).map(([key, property]) => [key, valueFor(property, key, folder)]),
      )
    case 'array':
      if (/command|cmd/i.test(name) && !schema.items?.properties) return commandWords(schema, folder)
      return [valueFor(schema.items ?? { type: 'string' }, name, folder)]
    case 'integer':
    case 'number':
      return schema.default ?? schema.minimum ?? 1
    case 'boolean':
      return schema.default ?? false
    default:
      return textFor(name, folder)
  }
}

/** What is required, and of tools that require nothing what names a file or a command. */
function wanted(schema: JsonSchema): [string, JsonSchema][] {
  const all = Object.entries(schema.properties ?? {})
  const required = all.filter(([key]) => schema.required?.includes(key))
  if (required.length) return required
  return all.filter(([key]) => /path|file|command|cmd/i.test(key)).slice(0, 1)
}

/** Programs take a list of words, shells a list of lines. */
function commandWords(schema: JsonSchema, folder: string): string[] {
  const line = textFor('command', folder)
  return /commands/.test(JSON.stringify(schema)) ? [line] : line.split(' ')
}

function textFor(name: string, folder: string): string {
  if (/command|cmd/i.test(name)) return `cat ${folder}/note.txt`
  if (/dir|cwd|folder/i.test(name)) return folder
  if (/path|file/i.test(name)) return `${folder}/note.txt`
  return 'read the note'
}

function typeOf({ type, properties, items }: JsonSchema): string {
  const [first] = [type ?? []].flat().filter((one) => one !== 'null')
  return first?.toLowerCase() ?? (properties ? 'object' : items ? 'array' : 'string')
}
