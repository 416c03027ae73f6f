import { z } from 'zod'
import { actorOf } from '../access/guard.server'
import { type RoutePath, route, routes } from '../access/route.server'
import { contentFromChatRequest, contentFromMessagesRequest } from './content-from-request'
import { createPreset } from './create-preset.server'
import { deletePreset } from './delete-preset.server'
import { getPreset } from './get-preset.server'
import { getVersion } from './get-version.server'
import { listPresets } from './list-presets.server'
import { listVersions } from './list-versions.server'
import { saveRequest } from './save-request.server'
import {
  createPresetBody,
  deletePresetAnswer,
  patchPresetBody,
  presetAnswer,
  presetListAnswer,
  presetListQuery,
  presetParams,
  presetVersionAnswer,
  presetVersionListAnswer,
  presetVersionListQuery,
  presetVersionParams,
} from './schema'
import { updatePreset } from './update-preset.server'

const collection = routes({
  GET: route({
    access: 'reader',
    query: presetListQuery,
    answer: presetListAnswer,
    handle: ({ query }) => listPresets(query),
  }),
  POST: route({
    access: 'editor',
    status: 201,
    body: createPresetBody,
    answer: presetAnswer,
    handle: async ({ body, reader }) => ({
      data: await createPreset({ input: body, actor: actorOf(reader) }),
    }),
  }),
})

const one = routes({
  GET: route({
    access: 'reader',
    params: presetParams,
    answer: presetAnswer,
    handle: async ({ params }) => ({ data: await getPreset(params.slug) }),
  }),
  PATCH: route({
    access: 'editor',
    params: presetParams,
    body: patchPresetBody,
    answer: presetAnswer,
    handle: async ({ params, body, reader }) => ({
      data: await updatePreset({ slug: params.slug, patch: body, actor: actorOf(reader) }),
    }),
  }),
  DELETE: route({
    access: 'editor',
    params: presetParams,
    answer: deletePresetAnswer,
    handle: ({ params, reader }) => deletePreset({ slug: params.slug, actor: actorOf(reader) }),
  }),
})

const versions = routes({
  GET: route({
    access: 'reader',
    params: presetParams,
    query: presetVersionListQuery,
    answer: presetVersionListAnswer,
    handle: ({ params, query }) => listVersions({ slug: params.slug, ...query }),
  }),
})

const oneVersion = routes({
  GET: route({
    access: 'reader',
    params: presetVersionParams,
    answer: presetVersionAnswer,
    handle: async ({ params }) => ({ data: await getVersion(params) }),
  }),
})

/** A preset made of a live request: post here what would be posted to the gateway. */
const fromRequest = (read: typeof contentFromChatRequest) =>
  routes({
    POST: route({
      access: 'editor',
      params: presetParams,
      body: z.record(z.string(), z.unknown()),
      answer: presetAnswer,
      handle: async ({ params, body, reader }) => ({
        data: await saveRequest({ slug: params.slug, content: read(body), actor: actorOf(reader) }),
      }),
    }),
  })

export const PRESET_PATHS: readonly RoutePath[] = [
  { path: '/api/v1/presets', handlers: collection },
  { path: '/api/v1/presets/:slug', handlers: one },
  { path: '/api/v1/presets/:slug/versions', handlers: versions },
  { path: '/api/v1/presets/:slug/versions/:version', handlers: oneVersion },
  { path: '/api/v1/presets/:slug/chat/completions', handlers: fromRequest(contentFromChatRequest) },
  { path: '/api/v1/presets/:slug/messages', handlers: fromRequest(contentFromMessagesRequest) },
]
