import { fetch } from 'undici'
import { BEARER, SERVER } from './server-under-test'

type Minute = { start: string; attempts: number; errorsByClass: Record<string, number> }

export type SeenEvent = {
  name: string
  id: string
  atMs: number
  data: { providers: { provider: string; minutes: Minute[] }[] }
}

/** Reads a server's `GET /api/live` over a socket of its own, as a browser that lets it be compressed. */
export async function listenLive({
  url = SERVER.url,
  lastEventId,
  provider,
}: {
  url?: string
  lastEventId?: string
  provider?: string
} = {}) {
  const controller = new AbortController()
  const query = provider === undefined ? '' : `?provider=${provider}`
  const response = await fetch(`${url}/api/live${query}`, {
    headers: {
      ...BEARER,
      accept: 'text/event-stream',
      'accept-encoding': 'gzip, br',
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
    signal: controller.signal,
  })
  const events: SeenEvent[] = []
  const minutes = new Map<string, Minute>()
  const reading = (async () => {
    const decoder = new TextDecoder()
    let text = ''
    for await (const piece of response.body ?? []) {
      text += decoder.decode(piece, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const [, name, id, data] = /^event: (\w+)\nid: (.+)\ndata: (.+)$/.exec(block) ?? []
        if (name === undefined || id === undefined || data === undefined) continue
        const event: SeenEvent = { name, id, atMs: Date.now(), data: JSON.parse(data) }
        events.push(event)
        for (const one of event.data.providers) {
          for (const minute of one.minutes) minutes.set(`${one.provider} ${minute.start}`, minute)
        }
      }
    }
  })().catch(() => {})
  return {
    response,
    /** Those that say how things stand; pings are left out. */
    events,
    minutes,
    /** A provider's failures as the newest events have them. */
    failuresOf: (slug: string) =>
      [...minutes].reduce(
        (sum, [key, minute]) =>
          sum + (key.startsWith(`${slug} `) ? (minute.errorsByClass.upstream_5xx ?? 0) : 0),
        0,
      ),
    close: async () => {
      controller.abort()
      await reading
    },
  }
}
