import { histogramBin, histogramEntries } from '../recorder/histogram'
import { isCountedError } from '../records/error-class'
import { isTextOperation } from '../records/operation'
import { decidingAttempt, type RequestRecord } from '../records/request-record'
import { TOOL_VERDICTS } from '../records/vocabulary'

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): [string, Item[]][] {
  const groups = new Map<string, Item[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return [...groups].sort(([a], [b]) => byText(a, b))
}

const sum = <Item>(items: readonly Item[], value: (item: Item) => number | null) =>
  items.reduce((total, item) => total + (value(item) ?? 0), 0)
const count = <Item>(items: readonly Item[], is: (item: Item) => boolean) => items.filter(is).length
const ofText = (records: readonly RequestRecord[]) =>
  records.filter(({ operation }) => isTextOperation(operation))
const tokensOf = (record: RequestRecord) => (record.promptTokens ?? 0) + (record.completionTokens ?? 0)

/** What `readPanelRollups` must say, counted by hand from the records. */
export function recountPanels(records: readonly RequestRecord[]) {
  const providers = recountProviders(records)
  return {
    providersByWeek: providers,
    providersByDay: providers,
    models: [...recountModels(ofText(records), 'app'), ...recountModels(ofText(records), 'use_case')],
    tools: recountTools(ofText(records)),
  }
}

function recountProviders(records: readonly RequestRecord[]) {
  const attempts = records.flatMap((record) => record.attempts.map((attempt) => ({ record, attempt })))
  const named = attempts.filter(({ attempt }) => attempt.provider !== null)
  return grouped(named, ({ attempt }) => attempt.provider ?? '').map(([provider, own]) => {
    const decided = own.filter(({ record, attempt }) => attempt === decidingAttempt(record))
    const bins = new Map<number, number>()
    for (const { record, attempt } of own) {
      if (!isTextOperation(record.operation)) continue
      if (attempt.errorClass !== null || attempt.timeToFirstTokenMs === null) continue
      const bin = histogramBin(attempt.timeToFirstTokenMs)
      bins.set(bin, (bins.get(bin) ?? 0) + 1)
    }
    return {
      provider,
      attempts: own.length,
      ok: count(own, ({ attempt }) => attempt.errorClass === null),
      deciding: decided.length,
      timeout: count(own, ({ attempt }) => attempt.errorClass === 'timeout'),
      promptTokens: sum(decided, ({ record }) => record.promptTokens),
      firstToken: histogramEntries(bins).sort((a, b) => a - b),
    }
  })
}

function recountModels(records: readonly RequestRecord[], dimension: 'app' | 'use_case') {
  const keyOf = (record: RequestRecord) => (dimension === 'app' ? record.app : record.useCase) ?? 'unknown'
  return grouped(records, ({ model }) => model).flatMap(([model, ofModel]) =>
    grouped(ofModel, keyOf).map(([key, own]) => {
      const agentic = own.filter((record) => record.callerKind === 'agentic')
      return {
        dimension,
        model,
        key,
        requests: own.length,
        agentic: agentic.length,
        costKnown: count(own, (record) => record.costMicroUsd !== null),
        tokens: sum(own, tokensOf),
        agenticTokens: sum(agentic, tokensOf),
        costMicroUsd: sum(own, (record) => record.costMicroUsd),
      }
    }),
  )
}

function recountTools(records: readonly RequestRecord[]) {
  const calls = records.flatMap((record) => record.attempts.flatMap((attempt) => attempt.toolCalls ?? []))
  return grouped(calls, ({ name }) => name).map(([tool, own]) => ({
    tool,
    ...Object.fromEntries(
      TOOL_VERDICTS.map((verdict) => [verdict, count(own, (call) => call.verdict === verdict)]),
    ),
  }))
}

/** What `readSessions` must say. */
export function recountSessions(records: readonly RequestRecord[]) {
  const named = records.filter(({ sessionId }) => sessionId !== null)
  return grouped(named, ({ sessionId }) => sessionId ?? '').map(([session, all]) => {
    const times = all.map(({ startedAtMs }) => startedAtMs)
    const own = ofText(all)
    const newest = own.length > 0 ? own : all
    const errorClasses = own.map((record) => decidingAttempt(record).errorClass)
    return {
      session,
      firstAt: new Date(Math.min(...times)),
      lastAt: new Date(Math.max(...times)),
      newestAt: new Date(Math.max(...newest.map(({ startedAtMs }) => startedAtMs))),
      turns: own.length,
      errors: count(errorClasses, (errorClass) => errorClass !== null && isCountedError(errorClass)),
      agenticTurns: count(own, ({ callerKind }) => callerKind === 'agentic'),
      toolCalls: sum(own, ({ toolCalls }) => toolCalls?.length ?? 0),
      costKnown: count(own, ({ costMicroUsd }) => costMicroUsd !== null),
      tokens: sum(own, tokensOf),
      costMicroUsd: sum(own, ({ costMicroUsd }) => costMicroUsd),
    }
  })
}
