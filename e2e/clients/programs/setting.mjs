import { readFile } from 'node:fs/promises'

// What the programs share: where to, what is asked, and the one tool. Nothing in them knows of the gateway.

const { ORIGIN = '', KEY = '', MODEL = '', PROMPT = '' } = process.env

export { KEY, MODEL, PROMPT }
export const OPENAI_URL = `${ORIGIN}/api/v1`
/** This client adds /v1/messages itself. */
export const ANTHROPIC_URL = `${ORIGIN}/api`
/** This client adds /v1beta/models itself. */
export const GEMINI_URL = `${ORIGIN}/api`
export const GEMINI_VERSION_URL = `${ORIGIN}/api/v1beta`

export const TOOL = 'read_note'
export const DESCRIPTION = 'Reads a note.'
export const SCHEMA = {
  type: 'object',
  properties: { path: { type: 'string', minLength: 1, description: 'Absolute path of the note.' } },
  required: ['path'],
  additionalProperties: false,
}
export const readNote = ({ path }) => readFile(path, 'utf8')

/** Fails the program, and with it the cell. */
export function expect(condition, message) {
  if (!condition) throw new Error(message)
}
