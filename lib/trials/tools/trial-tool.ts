/** A function tool as `tools` of a chat completion takes it; `parameters` is a JSON Schema (draft 7). */
export type TrialTool = {
  type: 'function'
  function: { name: string; description: string; parameters: Record<string, unknown> }
}

/** A tool that takes an object with these properties and no others. */
export function trialTool({
  name,
  description,
  required,
  properties,
  $defs,
}: {
  name: string
  description: string
  required: readonly string[]
  properties: Record<string, unknown>
  $defs?: Record<string, unknown>
}): TrialTool {
  const parameters = { type: 'object', additionalProperties: false, required, properties }
  return {
    type: 'function',
    function: { name, description, parameters: $defs ? { ...parameters, $defs } : parameters },
  }
}
