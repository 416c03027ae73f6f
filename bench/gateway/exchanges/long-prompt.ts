import { type Exchange, TOOLS } from '../exchange'
import { chat, streamFields } from './chat'

/** About 50,000 tokens. */
const PROMPT_BYTES = 200_000
const INSTRUCTIONS_BYTES = 12_000
const FILE_BYTES = 3000
const FILE_TOOLS = ['read_file', 'write_file', 'list_files', 'search', 'run_command', 'apply_patch']

/** A chat request as a coding agent sends it late in its work: eight tools and a transcript of about sixty calls. */
export const longPrompt: Exchange = {
  ...chat,
  requestOf: ({ model, isStream }) => {
    const messages = [
      { role: 'system', content: textOf('You work in a repository. Rule', INSTRUCTIONS_BYTES) },
      { role: 'user', content: 'Find out why the forecast is a day late, then ask for the weather.' },
      ...transcript(PROMPT_BYTES - INSTRUCTIONS_BYTES),
    ]
    const tools = [...TOOLS, ...FILE_TOOLS.map(fileTool)].map((tool) => ({
      type: 'function',
      function: tool,
    }))
    return JSON.stringify({ model, messages, tools, temperature: 0, ...streamFields(isStream) })
  },
}

function transcript(bytes: number): object[] {
  const messages: object[] = []
  for (let size = 0, step = 0; size < bytes; step++) {
    const id = `call_${step}`
    const path = `src/forecast/part-${step}.ts`
    const call = {
      id,
      type: 'function',
      function: { name: 'read_file', arguments: JSON.stringify({ path, from: 1, lines: 60 }) },
    }
    const round = [
      { role: 'assistant', content: `Now \`${path}\`, which the last one imports.`, tool_calls: [call] },
      { role: 'tool', tool_call_id: id, content: textOf(`export const part${step} = "\t`, FILE_BYTES) },
    ]
    messages.push(...round)
    size += JSON.stringify(round).length
  }
  return messages
}

/** Numbered lines with the quotes and line ends of source text, which JSON escapes. */
function textOf(begin: string, bytes: number): string {
  let text = ''
  for (let line = 1; text.length < bytes; line++) text += `${begin}${line}", // which is read once a day\n`
  return text
}

function fileTool(name: string): object {
  return {
    name,
    description: textOf(`How ${name} is used`, 400),
    parameters: {
      type: 'object',
      properties: {
        path: { type: 'string', description: 'Below the root of the repository' },
        from: { type: 'integer', minimum: 1 },
        lines: { type: 'integer', minimum: 1, maximum: 2000 },
        content: { type: 'string' },
      },
      required: ['path'],
      additionalProperties: false,
    },
  }
}
