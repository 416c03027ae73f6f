import type { PresetConfig } from '../presets/schema'
import type { Connection, EndpointCandidate } from './candidate'

/** A preset as the gateway needs it: the designated version of an active one. */
export type ServedPreset = {
  slug: string
  name: string
  description: string | null
  version: number
  systemPrompt: string | null
  config: PresetConfig
  createdAtMs: number
}

/** Everything the gateway decides by, as of one moment; read-only. */
export type Configuration = {
  endpointsByModel: ReadonlyMap<string, readonly EndpointCandidate[]>
  /** By endpoint id; only of endpoints that can be called. */
  connections: ReadonlyMap<number, Connection>
  presets: ReadonlyMap<string, ServedPreset>
  /** First sight of each model that has an endpoint, epoch ms. */
  modelSinceMs: ReadonlyMap<string, number>
}
