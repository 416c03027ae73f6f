import { inShape } from './in-shape.server'

/** The JSON that the work gives, never cached; an error in OpenRouter's form. */
export function answered(work: () => Promise<unknown>): Promise<Response> {
  return inShape('openai-chat', async () =>
    Response.json(await work(), { headers: { 'cache-control': 'no-store' } }),
  )
}
