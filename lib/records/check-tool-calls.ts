import { isObject } from '../platform/json-value'
import { parseJson } from '../platform/parse-json'
import { type CheckBudget, createCheckBudget } from './check-budget'
import { checkAgainstSchema } from './json-schema/check-against-schema'
import type { ToolCall } from './request-record'
import { storableText } from './storable-text'
import type { ToolVerdict } from './vocabulary'

/** A tool the request offered. `schema` is its JSON Schema as the caller wrote it, undefined when it has none. */
export type OfferedTool = { name: string; schema: unknown }

/**
 * A call as a log carries it: `arguments` is the raw text when the log has it, otherwise null and `argumentsValue`
 * the parsed value, when the log has that.
 */
export type RawToolCall = { name: string; arguments: string | null; argumentsValue?: unknown }

const MAX_ARGUMENTS_LENGTH = 262_144
const MAX_NAME_LENGTH = 200
const MAX_DETAIL_LENGTH = 300
const MAX_NESTED_LISTS = 3

/**
 * The tools of a request, from OpenAI's nested form, the flat form with `parameters` or `inputSchema`, Anthropic's
 * `input_schema`, and Gemini's `functionDeclarations`; an entry may itself be JSON text. A built-in tool without a
 * name goes by its `type`. Null when the value is no list or an entry cannot be read: a list with holes would turn
 * good calls into unknown names. Never throws. Sources of the shapes: the API references
 * of OpenAI, Anthropic and Gemini, and `gen_ai.tool.definitions` of the OpenTelemetry GenAI semantic conventions.
 */
export function readOfferedTools(value: unknown): OfferedTool[] | null {
  if (!Array.isArray(value)) return null
  const tools: OfferedTool[] = []
  return value.every((entry) => readEntry(entry, tools, 0)) ? tools : null
}

/**
 * Holds each call against the offered tools. In this order: tools not in the log = `unknown` (a log that shows only
 * the bad calls would show nothing but bad ones); arguments that are not JSON = `invalid_json`, where empty means
 * `{}`; a name that was not offered = `unknown_name`; arguments that fail the offered draft 7 schema =
 * `schema_mismatch`; no schema or one that cannot be compiled = `valid`. Arguments that are not in the log or longer
 * than 256 Ki characters, and calls that `budget` does not suffice for, are `unknown`. The budget is that of the whole
 * body the calls came in; left out, these calls are the body. Names are cut to 200 characters and `detail` to
 * 300; never throws. Source of the definition: design.md §5, tool-call error rate of an endpoint.
 */
export function checkToolCalls(
  calls: readonly RawToolCall[],
  offered: readonly OfferedTool[] | null,
  budget: CheckBudget = createCheckBudget(),
): ToolCall[] {
  return calls.map((call) => {
    const { verdict, detail } = judge(call, offered, budget)
    return {
      name: storableText(call.name, MAX_NAME_LENGTH),
      verdict,
      detail: detail === null ? null : storableText(detail, MAX_DETAIL_LENGTH),
    }
  })
}

type Judgement = { verdict: ToolVerdict; detail: string | null }
type Arguments = { value: unknown }

function judge(call: RawToolCall, offered: readonly OfferedTool[] | null, budget: CheckBudget): Judgement {
  if (offered === null) return { verdict: 'unknown', detail: null }
  const read = readArguments(call)
  if (read !== null && 'verdict' in read) return read
  const tool = offered.find((candidate) => candidate.name === call.name)
  if (tool === undefined) {
    return {
      verdict: 'unknown_name',
      detail: `The request offered no tool named "${call.name.slice(0, 100)}".`,
    }
  }
  if (read === null) return { verdict: 'unknown', detail: 'The log does not carry the arguments.' }
  const answer = checkAgainstSchema({ schema: tool.schema, value: read.value, budget })
  if (answer.result === 'invalid') return { verdict: 'schema_mismatch', detail: answer.detail }
  return { verdict: answer.result === 'valid' ? 'valid' : 'unknown', detail: answer.detail }
}

/** The arguments as a value, a verdict when they already decide, null when the log has none. */
function readArguments(call: RawToolCall): Arguments | Judgement | null {
  const text = call.arguments ?? textOf(call.argumentsValue)
  if (text === null) return null
  if (text.length > MAX_ARGUMENTS_LENGTH) {
    return { verdict: 'unknown', detail: 'The arguments are too long to be checked.' }
  }
  if (text.trim() === '') return { value: {} }
  if (call.arguments === null) return { value: call.argumentsValue }
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'not JSON'
    return { verdict: 'invalid_json', detail: `The arguments are not JSON: ${reason}` }
  }
}

function textOf(value: unknown): string | null {
  if (value === undefined) return null
  try {
    return JSON.stringify(value) ?? null
  } catch {
    return null
  }
}

function readEntry(entry: unknown, tools: OfferedTool[], depth: number): boolean {
  if (depth > MAX_NESTED_LISTS) return false
  if (typeof entry === 'string') {
    const parsed = parseJson(entry)
    return typeof parsed !== 'string' && readEntry(parsed, tools, depth + 1)
  }
  if (!isObject(entry)) return false
  const declarations = entry.functionDeclarations ?? entry.function_declarations
  if (Array.isArray(declarations)) return declarations.every((item) => readEntry(item, tools, depth + 1))
  const tool = isObject(entry.function) ? entry.function : entry
  const name = nameOf(tool) ?? nameOf(entry) ?? (typeof entry.type === 'string' ? entry.type : null)
  if (name === null || name === '') return false
  const schema = tool.parameters ?? tool.inputSchema ?? tool.input_schema ?? tool.parametersJsonSchema
  tools.push({ name, schema })
  return true
}

function nameOf(tool: Record<string, unknown>): string | null {
  return typeof tool.name === 'string' ? tool.name : null
}
