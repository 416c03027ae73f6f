import { Refusal } from './scripted-provider'

/** What a client of the direct run, or somebody who connects the provider, finds in its list. */
const MODELS = ['atlas-chat', 'atlas-messages', 'atlas-responses', 'atlas-gemini']

/** OpenAI's list, or one of it. */
export function openaiModels(path: string): object {
  const model = (id: string) => ({ id, object: 'model', created: 1_796_000_000, owned_by: 'acme' })
  return listOrOne(path, model, (data) => ({ object: 'list', data }))
}

/** Anthropic's list, or one of it. */
export function anthropicModels(path: string): object {
  const model = (id: string) => ({ type: 'model', id, display_name: id, created_at: '2026-11-20T00:00:00Z' })
  return listOrOne(path, model, (data) => ({
    data,
    has_more: false,
    first_id: MODELS[0],
    last_id: MODELS.at(-1),
  }))
}

function listOrOne<T extends object>(
  path: string,
  model: (id: string) => T,
  list: (all: T[]) => object,
): object {
  const id = /\/models\/(.+)$/.exec(decodeURIComponent(path))?.[1]
  if (id === undefined) return list(MODELS.map(model))
  if (!MODELS.includes(id)) throw new Refusal(`The model '${id}' does not exist`, { status: 404 })
  return model(id)
}
