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
  // So do blanks before it, a full-width sign, and whatever else a program trims away first.
  const safe = /^[\s\p{C}\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(value) ? `'${value}` : value
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
