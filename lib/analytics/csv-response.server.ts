import { type CsvTable, toCsv } from './csv'

/** A table as a CSV download. */
export function csvResponse(name: string, table: CsvTable): Response {
  return new Response(toCsv(table), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="sightglass-${name}.csv"`,
    },
  })
}
