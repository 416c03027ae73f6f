import { type JsonObject, numberOf, textOf } from '../platform/json-value'

/** A list of OpenRouter's models in the form of Anthropic's `GET /v1/models`, all on one page. */
export function anthropicModels(models: readonly JsonObject[]): JsonObject {
  return {
    data: models.map(anthropicModel),
    has_more: false,
    first_id: models[0]?.id ?? null,
    last_id: models.at(-1)?.id ?? null,
  }
}

/** One of them, as Anthropic's ModelInfo. Source: Models of Anthropic's API reference. */
export function anthropicModel(model: JsonObject): JsonObject {
  const createdAt = new Date((numberOf(model.created) ?? 0) * 1000)
  return {
    type: 'model',
    id: model.id,
    display_name: textOf(model.name) ?? model.id,
    created_at: createdAt.toISOString(),
  }
}
