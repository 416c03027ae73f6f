import type { FieldError } from '../platform/errors'
import type { RowPlan } from './bind-columns'
import { isJsonObject, type JsonObject } from './json-object'
import { parseValue } from './parse-value'

export type MappedRow = { record: JsonObject } | { errors: FieldError[] }

/**
 * One row of a file as a wire record of `/api/v1/ingest`. What the row leaves blank is left out of the record.
 * Times that name no zone are of `zone` (null = UTC). A value that cannot be read makes errors instead: each names the field, the column and what was expected.
 */
export function mapRow<Row>(plan: RowPlan<Row>, row: Row, zone: string | null = null): MappedRow {
  const record: JsonObject = {}
  const errors: FieldError[] = []
  for (const { field, value } of plan.fixed) assign(record, field.path, value)
  for (const { field, column, read } of plan.assignments) {
    const parsed = parseValue(field.kind, read(row), zone)
    if ('problem' in parsed) {
      const from = column === field.name ? '' : ` in column "${column}"`
      errors.push({ path: field.name, message: `${parsed.problem}${from}` })
    } else if (parsed.value !== undefined) assign(record, field.path, parsed.value)
  }
  if (errors.length > 0) return { errors }
  const missing = ['startedAt', 'model'].filter((name) => record[name] === undefined)
  if (missing.length > 0) return { errors: missing.map((path) => ({ path, message: 'missing' })) }
  return { record }
}

function assign(record: JsonObject, path: (string | number)[], value: unknown): void {
  const [top = '', second, third] = path
  if (second === undefined) {
    record[top] = value
  } else if (typeof second === 'string') {
    const part = objectAt(record[top])
    part[second] = value
    record[top] = part
  } else {
    const list: unknown[] = Array.isArray(record[top]) ? record[top] : []
    // Positions the mapping skips become empty objects, so that the list has no holes.
    while (list.length <= second) list.push({})
    const item = objectAt(list[second])
    item[String(third)] = value
    list[second] = item
    record[top] = list
  }
}

function objectAt(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {}
}
