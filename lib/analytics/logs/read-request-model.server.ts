import { readRows } from './read-rows.server'
import { parseRequestRef } from './request-ref'

/** The model of one request, by its canonical name; null when the reference is none or nothing is kept under it. */
export async function readRequestModel(ref: string): Promise<string | null> {
  const key = parseRequestRef(ref)
  if (key === null) return null
  const [row] = await readRows([key])
  return row?.model ?? null
}
