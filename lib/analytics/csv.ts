type Field = string | number | boolean | null

export type CsvTable = { header: readonly string[]; rows: readonly (readonly Field[])[] }

/** A table as CSV (RFC 4180), header first. Null is an empty field. */
export function toCsv({ header, rows }: CsvTable): string {
  return `${[header, ...rows].map((row) => row.map(toField).join(',')).join('\r\n')}\r\n`
}

function toField(value: Field): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  // A leading sign or at makes spreadsheets run the text as a formula; names come from logs anybody may write.
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
