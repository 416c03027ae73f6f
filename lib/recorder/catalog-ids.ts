import { storableText } from '../records/storable-text'

/** The database's small ids of everything a record names; 0 where it names nothing. */
export type CatalogIds = {
  apiKeyId: number
  modelId: number
  appId: number
  useCaseId: number
  presetId: number
  /** Of the deciding attempt. */
  providerId: number
  /** One an attempt, in order. */
  endpointIds: number[]
  /** One a tool call, over all attempts in order; 0 = a name beyond the most that are kept. */
  toolIds: readonly number[]
}

/** Tool names that are kept: models make names up without end, and what is called belongs to the first thousands. */
export const MAX_TOOLS = 5000
const MAX_TOOL_NAME_LENGTH = 200

/** The name a tool is kept under: its first 200 characters. */
export function toolNameOf(name: string): string {
  return storableText(name, MAX_TOOL_NAME_LENGTH)
}
