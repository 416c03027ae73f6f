import { entityLabel } from '@/components/usage/entity-label'

const SHORT_ID = 8

/** What a browser tab calls a request: its model and the beginning of its id, as in "atlas-120b · 0b1f9c2e". */
export function requestTitle({ model, ref }: { model: string; ref: string }): string {
  const id = ref.slice(ref.indexOf('-') + 1)
  return `${entityLabel('model', model)} · ${id.slice(0, SHORT_ID)}`
}
