import { actorOf } from '../access/guard.server'
import { type RoutePath, route, routes } from '../access/route.server'
import { deleteTrial } from './delete-trial.server'
import { readCall, readCalls, readCells } from './read-calls.server'
import { listTrials, readTrial } from './read-trials.server'
import { reportCalls } from './report-calls.server'
import {
  reportTrialAnswer,
  reportTrialBody,
  startTrialBody,
  trialAnswer,
  trialCallAnswer,
  trialCallParams,
  trialCallsAnswer,
  trialCallsQuery,
  trialCellsAnswer,
  trialListAnswer,
  trialListQuery,
  trialParams,
} from './schema'
import { startTrial } from './start-trial.server'
import { stopTrial } from './stop-trial.server'

const trials = routes({
  GET: route({
    access: 'reader',
    query: trialListQuery,
    answer: trialListAnswer,
    handle: async ({ query }) => ({ data: await listTrials(query) }),
  }),
  POST: route({
    access: 'caller',
    status: 201,
    body: startTrialBody,
    answer: trialAnswer,
    handle: async ({ body, reader }) => ({ data: await startTrial({ input: body, actor: actorOf(reader) }) }),
  }),
})

const oneTrial = routes({
  GET: route({
    access: 'reader',
    params: trialParams,
    answer: trialAnswer,
    handle: async ({ params }) => ({ data: await readTrial(params.id) }),
  }),
  DELETE: route({
    access: 'caller',
    params: trialParams,
    answer: trialAnswer,
    handle: async ({ params }) => ({ data: await deleteTrial(params.id) }),
  }),
})

const calls = routes({
  GET: route({
    access: 'reader',
    params: trialParams,
    query: trialCallsQuery,
    answer: trialCallsAnswer,
    handle: async ({ params, query }) => ({ data: await readCalls({ ...query, id: params.id }) }),
  }),
  POST: route({
    access: 'caller',
    params: trialParams,
    body: reportTrialBody,
    answer: reportTrialAnswer,
    handle: ({ params, body, reader }) =>
      reportCalls({ id: params.id, reporter: { origin: 'command', actor: actorOf(reader) }, report: body }),
  }),
})

const oneCall = routes({
  GET: route({
    access: 'reader',
    params: trialCallParams,
    answer: trialCallAnswer,
    handle: async ({ params }) => ({ data: await readCall(params) }),
  }),
})

const cells = routes({
  GET: route({
    access: 'reader',
    params: trialParams,
    answer: trialCellsAnswer,
    handle: async ({ params }) => ({ data: await readCells(params.id) }),
  }),
})

const stop = routes({
  POST: route({
    access: 'caller',
    params: trialParams,
    answer: trialAnswer,
    handle: async ({ params }) => ({ data: await stopTrial(params.id) }),
  }),
})

/** The trials' half of the management API. */
export const TRIAL_PATHS: readonly RoutePath[] = [
  { path: '/api/v1/trials', handlers: trials },
  { path: '/api/v1/trials/:id', handlers: oneTrial },
  { path: '/api/v1/trials/:id/calls', handlers: calls },
  { path: '/api/v1/trials/:id/calls/:index', handlers: oneCall },
  { path: '/api/v1/trials/:id/cells', handlers: cells },
  { path: '/api/v1/trials/:id/stop', handlers: stop },
]
