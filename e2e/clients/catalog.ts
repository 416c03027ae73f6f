import { AGENTS } from './agents/agents'
import type { Client } from './cell'
import { PROGRAMS } from './programs'

/** Every row, in the order of the table. */
export const CLIENTS: readonly Client[] = [...AGENTS, ...PROGRAMS]
