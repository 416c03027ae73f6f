import type { ApiShape } from '../records/vocabulary'

/** The wire shapes that simulated clients and providers speak. */
export const SIMULATED_SHAPES = ['chat', 'messages'] as const
export type SimulatedShape = (typeof SIMULATED_SHAPES)[number]

/** What a simulated provider is connected as. */
export const API_SHAPE_OF = {
  chat: 'openai-chat',
  messages: 'anthropic-messages',
} as const satisfies Record<SimulatedShape, ApiShape>
