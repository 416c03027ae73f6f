import { actorOf } from '../access/guard.server'
import { type RoutePath, route, routes } from '../access/route.server'
import { disconnectProvider } from './disconnect-provider.server'
import { forgetLessons } from './endpoint-lessons.server'
import { listEndpoints } from './list-endpoints.server'
import { listModels } from './list-models.server'
import { listProviders } from './list-providers.server'
import { connectModelsAnswer, connectModelsBody, modelListAnswer } from './model-list-schema'
import { putEndpoint, putEndpoints } from './put-endpoint.server'
import { putModel } from './put-model.server'
import { putProvider } from './put-provider.server'
import {
  endpointAnswer,
  endpointLessonsQuery,
  endpointListAnswer,
  endpointListQuery,
  endpointSuggestionAnswer,
  endpointSuggestionQuery,
  modelAnswer,
  modelParams,
  providerAnswer,
  providerListAnswer,
  providerParams,
  putEndpointBody,
  putModelBody,
  putProviderBody,
  testConnectionAnswer,
  testConnectionBody,
} from './schema'
import { suggestForProvider } from './suggest-endpoint.server'
import { testConnection } from './test-connection.server'

/** Models, providers and endpoints under `/api/v1`. */
export const CATALOG_PATHS: readonly RoutePath[] = [
  {
    path: '/api/v1/providers',
    handlers: routes({ GET: route({ access: 'reader', answer: providerListAnswer, handle: listProviders }) }),
  },
  {
    path: '/api/v1/providers/:slug',
    handlers: routes({
      PUT: route({
        access: 'admin',
        params: providerParams,
        body: putProviderBody,
        answer: providerAnswer,
        handle: ({ params, body, reader }) => putProvider({ ...params, body, actor: actorOf(reader) }),
      }),
      DELETE: route({
        access: 'admin',
        params: providerParams,
        answer: providerAnswer,
        handle: ({ params, reader }) => disconnectProvider({ ...params, actor: actorOf(reader) }),
      }),
    }),
  },
  {
    path: '/api/v1/providers/:slug/test',
    handlers: routes({
      POST: route({
        access: 'admin',
        params: providerParams,
        body: testConnectionBody,
        answer: testConnectionAnswer,
        handle: ({ params, body }) => testConnection({ ...params, body }),
      }),
    }),
  },
  {
    path: '/api/v1/providers/:slug/models',
    handlers: routes({
      GET: route({
        access: 'admin',
        params: providerParams,
        answer: modelListAnswer,
        handle: ({ params }) => listModels({ ...params, nowMs: Date.now() }),
      }),
    }),
  },
  {
    path: '/api/v1/providers/:slug/endpoints',
    handlers: routes({
      POST: route({
        access: 'admin',
        params: providerParams,
        body: connectModelsBody,
        answer: connectModelsAnswer,
        handle: ({ params, body, reader }) =>
          putEndpoints({ ...params, body, actor: actorOf(reader), nowMs: Date.now() }),
      }),
    }),
  },
  {
    path: '/api/v1/endpoints/suggestion',
    handlers: routes({
      GET: route({
        access: 'reader',
        query: endpointSuggestionQuery,
        answer: endpointSuggestionAnswer,
        handle: ({ query }) => suggestForProvider({ ...query, nowMs: Date.now() }),
      }),
    }),
  },
  {
    path: '/api/v1/endpoints/lessons',
    handlers: routes({
      DELETE: route({
        access: 'admin',
        query: endpointLessonsQuery,
        answer: endpointAnswer,
        handle: ({ query, reader }) => forgetLessons({ query, actor: actorOf(reader), nowMs: Date.now() }),
      }),
    }),
  },
  {
    path: '/api/v1/endpoints',
    handlers: routes({
      GET: route({
        access: 'reader',
        query: endpointListQuery,
        answer: endpointListAnswer,
        handle: ({ query }) => listEndpoints(query, Date.now()),
      }),
      PUT: route({
        access: 'admin',
        body: putEndpointBody,
        answer: endpointAnswer,
        handle: ({ body, reader }) => putEndpoint({ body, actor: actorOf(reader), nowMs: Date.now() }),
      }),
    }),
  },
  {
    path: '/api/v1/models/:author/:slug',
    handlers: routes({
      PUT: route({
        access: 'editor',
        params: modelParams,
        body: putModelBody,
        answer: modelAnswer,
        handle: ({ params, body, reader }) =>
          putModel({ slug: `${params.author}/${params.slug}`, body, actor: actorOf(reader) }),
      }),
    }),
  },
]
