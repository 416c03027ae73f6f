import { argumentsFor, type JsonSchema } from './arguments-for'

/** A tool as the request offered it. */
export type OfferedTool = { name: string; schema: JsonSchema }

/** What every shape's request comes to for the script. */
export type Asked = {
  tools: readonly OfferedTool[]
  /** All that the user said. */
  prompt: string
  /** The texts of the tool results, oldest first. */
  results: readonly string[]
}

/** What the model does next. */
export type Turn =
  | { kind: 'call'; name: string; input: Record<string, unknown> }
  | { kind: 'say'; text: string }

/** In the note alone, never in the prompt: whoever says it has been through the whole loop. */
export const WORD_PATTERN = /\bsesame-[0-9a-z]{8}\b/
/** The end of a loop that went as it should. */
export const finalSentence = (word: string) => `The word is ${word}.`

const NOTE_PATTERN = /(\/[\w./-]+)\/note\.txt/
/** Tools that can read a file, best first: made for it, then a shell. */
const READERS = [
  /^read_note$/,
  /^(read|view)(_?files?)?$/i,
  /^(bash|shell|shell_command|exec_command|run_shell_command|run_terminal_command|run_commands?|execute_command)$/i,
]

/**
 * The script of all four providers: read the note with whatever tool the client offers, then say the word in it.
 * A request that offers nothing to read with (a title for the session, say) gets a few words.
 */
export function nextTurn({ tools, prompt, results }: Asked): Turn {
  const word = WORD_PATTERN.exec(results.join('\n'))?.[0]
  if (word) return { kind: 'say', text: finalSentence(word) }
  const last = results.at(-1)
  if (last !== undefined) return { kind: 'say', text: `No word in the tool's result: ${last.slice(0, 400)}` }
  const folder = NOTE_PATTERN.exec(prompt)?.[1]
  if (!folder) return { kind: 'say', text: 'Reading a note' }
  const reader = READERS.flatMap((pattern) => tools.filter(({ name }) => pattern.test(name)))[0]
  if (!reader) {
    const names = tools.map(({ name }) => name).join(', ')
    return { kind: 'say', text: names ? `No tool reads a file among ${names}` : 'Reading a note' }
  }
  return { kind: 'call', name: reader.name, input: argumentsFor(reader.schema, folder) }
}
