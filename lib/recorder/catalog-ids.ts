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
}
