import { fillBaseUrl } from '../catalog/base-url'
import { catalogChangeCount } from '../catalog/catalog-changes.server'
import { openSignIn } from '../catalog/open-sign-in.server'
import { defaultUpstreamModel, knownOf, quantizationOf } from '../catalog/present-endpoint.server'
import { isPrivateNetworkAllowed } from '../catalog/private-network.server'
import { type SignIn, withQuery } from '../catalog/sign-in'
import { lessonsOf } from '../catalog/stored-lessons'
import { completionUrl, operationUrl, shapeHeaders } from '../catalog/upstream-url'
import { db } from '../platform/db.server'
import { log } from '../platform/log.server'
import { createLiveMask, createMask } from '../platform/mask-secrets'
import { processSingleton } from '../platform/process-singleton'
import { presetConfig } from '../presets/schema'
import { INPUT_MODALITIES, OUTPUT_MODALITIES, toApiShape } from '../records/vocabulary'
import { shapeNamed } from '../shapes/registry'
import { vendorEdits } from '../shapes/rules/vendor-rules'
import type { Address, Connection, EndpointCandidate } from './candidate'
import type { Configuration, ServedPreset } from './configuration'

/** How long a change made by another process may go unnoticed. */
const FRESH_MS = 2000
/** While Postgres is away, it is not asked at every request. */
const RETRY_MS = 1000

type Held = {
  configuration: Configuration | null
  /** How many changes of this process it knows of. */
  changeCount: number
  readAtMs: number
  reading: { changeCount: number; answer: Promise<Configuration> } | null
}

/**
 * The configuration as of at most two seconds ago, and of this process' own last change. Answers from memory; only the
 * first requests, and the first ones after a change, wait for Postgres. While Postgres is away the last known one
 * serves. Throws what the database throws when nothing is known yet.
 */
export function currentConfiguration(): Configuration | Promise<Configuration> {
  const state = held()
  const { configuration } = state
  const changeCount = catalogChangeCount()
  if (configuration === null) return read(state, changeCount)
  if (state.changeCount !== changeCount) return read(state, changeCount).catch(() => configuration)
  if (Date.now() - state.readAtMs >= FRESH_MS) read(state, changeCount).catch(() => undefined)
  return configuration
}

/** Reads once for all that ask meanwhile; a read that began before a change does not answer for it. */
function read(state: Held, changeCount: number): Promise<Configuration> {
  if (state.reading?.changeCount === changeCount) return state.reading.answer
  const answer = fetchConfiguration().then(
    (configuration) => {
      if (state.reading === reading) {
        Object.assign(state, { configuration, changeCount, readAtMs: Date.now(), reading: null })
      }
      return configuration
    },
    (error: unknown) => {
      log.warn({ err: error }, 'the gateway keeps its last known configuration')
      // Counted as known, so that no further request waits for a database that does not answer.
      if (state.reading === reading) {
        Object.assign(state, { changeCount, readAtMs: Date.now() - FRESH_MS + RETRY_MS, reading: null })
      }
      throw error
    },
  )
  const reading = { changeCount, answer }
  state.reading = reading
  return answer
}

function held(): Held {
  return processSingleton('gateway-configuration', () => ({
    configuration: null,
    changeCount: -1,
    readAtMs: 0,
    reading: null,
  }))
}

async function fetchConfiguration(): Promise<Configuration> {
  const [endpoints, presets] = await Promise.all([readEndpoints(), readPresets()])
  const endpointsByModel = new Map<string, EndpointCandidate[]>()
  const connections = new Map<number, Connection>()
  const modelSinceMs = new Map<string, number>()
  const signIns: SignIns = new Map()
  for (const row of endpoints) {
    const candidate = toCandidate(row)
    const ofModel = endpointsByModel.get(candidate.model)
    if (ofModel) ofModel.push(candidate)
    else endpointsByModel.set(candidate.model, [candidate])
    modelSinceMs.set(candidate.model, row.model.firstSeen.getTime())
    const connection = candidate.isConnected && candidate.isEnabled ? await toConnection(row, signIns) : null
    if (connection) connections.set(candidate.endpointId, connection)
  }
  return {
    endpointsByModel,
    connections,
    modelSinceMs,
    presets: new Map(presets.map((preset) => [preset.slug, preset])),
  }
}

/** Endpoints that only logs name were never set up, so nobody expects the gateway to know them. */
function readEndpoints() {
  return db().endpoint.findMany({
    where: { OR: [{ enabled: true }, { upstreamModel: { not: null } }] },
    include: { model: true, provider: true, lessons: true },
    orderBy: { id: 'asc' },
  })
}
/** By provider: its secret is opened once for all its endpoints. */
type SignIns = Map<number, Promise<SignIn>>
type EndpointRow = Awaited<ReturnType<typeof readEndpoints>>[number]

async function readPresets(): Promise<ServedPreset[]> {
  const rows = await db().preset.findMany({
    where: { status: 'active' },
    include: { designatedVersion: true },
  })
  return rows.flatMap(({ slug, name, description, createdAt, designatedVersion }) => {
    if (!designatedVersion) return []
    const config = presetConfig.safeParse(designatedVersion.config)
    if (!config.success) {
      log.error(
        { preset: slug, issues: config.error.issues },
        'a stored preset cannot be read and is not served',
      )
      return []
    }
    return {
      slug,
      name,
      description,
      version: designatedVersion.version,
      systemPrompt: designatedVersion.systemPrompt,
      config: config.data,
      createdAtMs: createdAt.getTime(),
    }
  })
}

function toCandidate({ model, provider, ...row }: EndpointRow): EndpointCandidate {
  return {
    endpointId: row.id,
    model: model.slug,
    provider: provider.slug,
    providerName: provider.name ?? provider.slug,
    isEnabled: row.enabled,
    isConnected: provider.enabled && provider.baseUrl !== null && toApiShape(provider.apiShape) !== null,
    promptMicroUsdPerMTok: toNumber(row.promptMicroUsdPerMtok),
    cachedMicroUsdPerMTok: toNumber(row.cachedMicroUsdPerMtok),
    completionMicroUsdPerMTok: toNumber(row.completionMicroUsdPerMtok),
    contextLength: row.contextLength,
    quantization: quantizationOf(row.quantization),
    supportsTools: row.supportsTools,
    supportsReasoning: row.supportsReasoning,
    supportsStructuredOutput: row.supportsStructuredOutput,
    inputModalities: knownOf(INPUT_MODALITIES, row.inputModalities),
    outputModalities: knownOf(OUTPUT_MODALITIES, row.outputModalities),
    maxCompletionTokens: row.maxCompletionTokens,
    collectsData: provider.collectsData,
  }
}

/** Null, and one provider less, when its secret cannot be opened or its address is none. */
async function toConnection(
  { model, provider, ...row }: EndpointRow,
  signIns: SignIns,
): Promise<Connection | null> {
  const { baseUrl } = provider
  const apiShape = toApiShape(provider.apiShape)
  if (baseUrl === null || apiShape === null) return null
  try {
    const opening = signIns.get(provider.id) ?? openSignIn(provider, { apiShape, baseUrl })
    signIns.set(provider.id, opening)
    const signIn = await opening
    const upstreamModel = row.upstreamModel ?? defaultUpstreamModel(model.slug)
    const addressOf = (url: string): Address => {
      const { origin, pathname, search } = new URL(withQuery(url, signIn))
      return { origin, path: pathname + search }
    }
    const of = { baseUrl, apiShape, upstreamModel }
    return {
      apiShape,
      whole: addressOf(completionUrl({ ...of, isStream: false })),
      stream: addressOf(completionUrl({ ...of, isStream: true })),
      baseUrl: fillBaseUrl(baseUrl, upstreamModel),
      addressOf,
      operationAt(path) {
        const url = operationUrl({ ...of, path })
        return url === null ? null : addressOf(url)
      },
      headers: { ...shapeHeaders(apiShape), ...signIn.headers },
      signIn,
      // Tokens that are fetched are not known yet, and do not stay.
      mask: signIn.sign === null ? createMask(signIn.credentials()) : createLiveMask(signIn.credentials),
      upstreamModel,
      edits: [
        ...shapeNamed(apiShape).wireRules.edits,
        ...vendorEdits({ apiShape, host: new URL(baseUrl).hostname, upstreamModel }),
      ],
      lessons: lessonsOf(row.lessons, Date.now()),
      // The operator may have forbidden since what was allowed when it was saved.
      allowPrivateNetwork: provider.allowPrivateNetwork && isPrivateNetworkAllowed(),
    }
  } catch (error) {
    log.error({ err: error, provider: provider.slug }, 'a provider cannot be called')
    return null
  }
}

function toNumber(value: bigint | null): number | null {
  return value === null ? null : Number(value)
}
