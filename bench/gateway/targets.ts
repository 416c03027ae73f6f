import { z } from 'zod'
import { startBenchServer } from '../bench-server'
import { connectUpstream } from './connect-upstream'
import { PRESET } from './exchange'
import { startHelper } from './helper-process'
import { startPortkey } from './portkey'

export const TARGET_NAMES = ['direct', 'sightglass', 'portkey'] as const
export type TargetName = (typeof TARGET_NAMES)[number]

/** Where the same request can be sent. */
export type Target = {
  url: string
  headers: Record<string, string>
  model: string
  /** Of the process that answers. */
  pid: number
}

export type Targets = Record<TargetName, Target> & {
  databaseUrl: string
  portkeyVersion: string
  stop: () => Promise<void>
}

/** The upstream itself, our server in front of it, and Portkey's gateway in front of it, each a process of its own. */
export async function startTargets(): Promise<Targets> {
  const upstream = startHelper('upstream.ts')
  const { url: upstreamUrl } = z.object({ url: z.string() }).parse(await upstream.message())
  const [server, portkey] = await Promise.all([startBenchServer({ role: 'data-plane' }), startPortkey()])
  await connectUpstream({ server, upstreamUrl })
  return {
    direct: {
      url: `${upstreamUrl}/v1/chat/completions`,
      headers: { authorization: 'Bearer sk-bench' },
      model: 'atlas-120b',
      pid: upstream.pid,
    },
    sightglass: {
      url: `${server.url}/api/v1/chat/completions`,
      headers: { authorization: `Bearer ${server.apiKey}` },
      model: `@preset/${PRESET}`,
      pid: server.pid,
    },
    portkey: {
      url: `${portkey.url}/v1/chat/completions`,
      headers: {
        authorization: 'Bearer sk-bench',
        'x-portkey-provider': 'openai',
        'x-portkey-custom-host': `${upstreamUrl}/v1`,
      },
      model: 'atlas-120b',
      pid: portkey.pid,
    },
    databaseUrl: server.databaseUrl,
    portkeyVersion: portkey.version,
    stop: async () => {
      await Promise.all([server.stop(), portkey.stop(), upstream.stop()])
    },
  }
}
