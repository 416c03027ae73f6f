import { API_SHAPES, type ApiShape } from '../records/vocabulary'
import { anthropicMessages } from './anthropic-messages/shape'
import { gemini } from './gemini/shape'
import { openaiChat } from './openai-chat/shape'
import { openaiResponses } from './openai-responses/shape'
import type { Shape } from './shape'

const SHAPES = {
  'openai-chat': openaiChat,
  'openai-responses': openaiResponses,
  'anthropic-messages': anthropicMessages,
  gemini,
} as const satisfies Record<ApiShape, Shape>

/** All that the product knows of a wire shape. */
export function shapeNamed(name: ApiShape): Shape {
  return SHAPES[name]
}

/** Every shape with its name, in the order of API_SHAPES. */
export const ALL_SHAPES: readonly { name: ApiShape; shape: Shape }[] = API_SHAPES.map((name) => ({
  name,
  shape: SHAPES[name],
}))
