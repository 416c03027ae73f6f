import { AppError } from '../platform/errors'
import { isJsonObject, type JsonObject } from './json-object'
import { parseValue } from './parse-value'
import { RECORD_FIELD_NAMES, type RecordField, requireRecordField } from './record-fields'

/** What the person asked for: `columns` maps a record field to a column, `constants` to a fixed text. */
export type Mapping = { columns: Record<string, string>; constants: Record<string, string> }

/** Where one field of the record comes from. `column` is the name people know the value by. */
export type Assignment<Row> = { field: RecordField; column: string; read: (row: Row) => unknown }

/** A mapping that fits a file: the same for every row. `fixed` are the parsed constants. */
export type RowPlan<Row> = {
  assignments: Assignment<Row>[]
  fixed: { field: RecordField; value: unknown }[]
  /** Columns of the file that no field takes; only known where the file has a header. */
  ignoredColumns: string[]
}

/**
 * Fits a mapping to the header of a CSV file. Columns named like a record field need no `--map`.
 * Throws `bad_request` that names an unknown field, a column the file lacks, or a required field nobody fills.
 */
export function bindCsvColumns(mapping: Mapping, header: string[]): RowPlan<string[]> {
  const fixed = bindConstants(mapping)
  const taken = takenFields(mapping)
  const assignments: Assignment<string[]>[] = Object.entries(mapping.columns).map(([target, column]) =>
    readCell(requireRecordField(target), column, header),
  )
  for (const name of header) {
    if (RECORD_FIELD_NAMES.includes(name) && !taken.has(name))
      assignments.push(readCell(requireRecordField(name), name, header))
  }
  const used = new Set(assignments.map((assignment) => assignment.column))
  requireFilled(new Set([...assignments, ...fixed].map(({ field }) => field.name)), header)
  return { assignments, fixed, ignoredColumns: header.filter((name) => !used.has(name)) }
}

/**
 * The mapping for files of JSON objects: a mapped column is a key, or a dotted path into the object. Keys named like a
 * record field need no `--map`. Throws `bad_request` that names an unknown field.
 */
export function bindJsonKeys(mapping: Mapping): RowPlan<JsonObject> {
  const fixed = bindConstants(mapping)
  const taken = takenFields(mapping)
  const named = Object.entries(mapping.columns)
  const implied = RECORD_FIELD_NAMES.filter((name) => !taken.has(name)).map((name) => [name, name] as const)
  const assignments = [...named, ...implied].map(([target, key]) => ({
    field: requireRecordField(target),
    column: key,
    read: (row: JsonObject) => readKey(row, key),
  }))
  return { assignments, fixed, ignoredColumns: [] }
}

function bindConstants(mapping: Mapping): RowPlan<never>['fixed'] {
  return Object.entries(mapping.constants).map(([target, text]) => {
    const field = requireRecordField(target)
    if (Object.hasOwn(mapping.columns, target))
      throw new AppError('bad_request', `${target} is given by both --map and --set; keep one.`)
    const parsed = parseValue(field.kind, text)
    if ('problem' in parsed) throw new AppError('bad_request', `--set ${target}: ${parsed.problem}.`)
    return { field, value: parsed.value }
  })
}

/** Fields the person filled; `attempts.0.provider` takes `attempts` too, so that no column overwrites it. */
function takenFields({ columns, constants }: Mapping): Set<string> {
  return new Set(
    [...Object.keys(columns), ...Object.keys(constants)].map((target) => target.split('.')[0] ?? target),
  )
}

function readCell(field: RecordField, column: string, header: string[]): Assignment<string[]> {
  const position = header.indexOf(column)
  if (position >= 0) return { field, column, read: (cells) => cells[position] }
  throw new AppError('bad_request', `The file has no column "${column}". Its columns are ${quote(header)}.`)
}

function readKey(row: JsonObject, key: string): unknown {
  if (Object.hasOwn(row, key)) return row[key]
  let value: unknown = row
  for (const step of key.split('.')) {
    if (Array.isArray(value)) value = value[Number(step)]
    else if (isJsonObject(value) && Object.hasOwn(value, step)) value = value[step]
    else return undefined
  }
  return value
}

function requireFilled(filled: Set<string>, header: string[]): void {
  for (const name of ['startedAt', 'model']) {
    if (filled.has(name)) continue
    throw new AppError(
      'bad_request',
      `Every record needs ${name}: add --map ${name}=COLUMN or --set ${name}=VALUE. The file's columns are ${quote(header)}.`,
    )
  }
}

function quote(names: string[]): string {
  return names.map((name) => `"${name}"`).join(', ')
}
