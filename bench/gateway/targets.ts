import { z } from 'zod'
import { startBenchServer } from '../bench-server'
import { connectUpstream, presetModel } from './connect-upstream'
import { UPSTREAM_MODEL } from './exchange'
import { type ExchangeName, exchangeNamed } from './exchanges'
import { startHelper } from './helper-process'
import { startPortkey } from './portkey'

export const TARGET_NAMES = ['direct', 'sightglass', 'portkey'] as const
export type TargetName = (typeof TARGET_NAMES)[number]

/** Where the same requests can be sent. */
export type Target = {
  /** Of the process that answers. */
  pid: number
  requestOf: (name: ExchangeName, isStream: boolean) => TargetRequest
}
export type TargetRequest = { url: string; headers: Record<string, string>; body: string }

export type Targets = Record<TargetName, Target> & {
  databaseUrl: string
  portkeyVersion: string
  stop: () => Promise<void>
}

/** Whether a target has an address for an exchange: Portkey's gateway has none for Gemini clients. */
export function serves(target: TargetName, name: ExchangeName): boolean {
  return target !== 'portkey' || exchangeNamed(name).apiShape !== 'gemini'
}

/** The upstream itself, our server in front of it, and Portkey's gateway in front of it, each a process of its own. */
export async function startTargets(): Promise<Targets> {
  const upstream = startHelper('upstream.ts')
  const { url: upstreamUrl } = z.object({ url: z.string() }).parse(await upstream.message())
  const [server, portkey] = await Promise.all([startBenchServer({ role: 'data-plane' }), startPortkey()])
  await connectUpstream({ server, upstreamUrl })
  const toUpstream = { authorization: 'Bearer sk-bench-upstream' }
  return {
    direct: {
      pid: upstream.pid,
      requestOf: requestsTo({
        rootOf: (name) => `${upstreamUrl}/${name}`,
        modelOf: () => UPSTREAM_MODEL,
        headersOf: () => toUpstream,
      }),
    },
    sightglass: {
      pid: server.pid,
      requestOf: requestsTo({
        rootOf: () => `${server.url}/api`,
        modelOf: presetModel,
        headersOf: () => ({ authorization: `Bearer ${server.apiKey}` }),
      }),
    },
    portkey: {
      pid: portkey.pid,
      requestOf: requestsTo({
        rootOf: () => portkey.url,
        modelOf: () => UPSTREAM_MODEL,
        headersOf: (name) => ({
          ...toUpstream,
          'x-portkey-provider': 'openai',
          'x-portkey-custom-host': `${upstreamUrl}/${name}/${exchangeNamed(name).version}`,
        }),
      }),
    },
    databaseUrl: server.databaseUrl,
    portkeyVersion: portkey.version,
    stop: async () => {
      await Promise.all([server.stop(), portkey.stop(), upstream.stop()])
    },
  }
}

function requestsTo({
  rootOf,
  modelOf,
  headersOf,
}: {
  rootOf: (name: ExchangeName) => string
  modelOf: (name: ExchangeName) => string
  headersOf: (name: ExchangeName) => Record<string, string>
}): Target['requestOf'] {
  return (name, isStream) => {
    const { version, pathOf, requestOf } = exchangeNamed(name)
    const asked = { model: modelOf(name), isStream }
    const url = `${rootOf(name)}/${version}${pathOf(asked)}`
    return { url, headers: headersOf(name), body: requestOf(asked) }
  }
}
