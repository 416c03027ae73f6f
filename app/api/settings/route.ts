import { changeSettings } from '@/lib/access/change-settings.server'
import { actorOf } from '@/lib/access/guard.server'
import { route, routes } from '@/lib/access/route.server'
import { settingsAnswer, settingsPatch } from '@/lib/access/schema'
import { readSettings } from '@/lib/access/settings.server'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({ access: 'reader', answer: settingsAnswer, handle: readSettings }),
  PATCH: route({
    access: 'admin',
    body: settingsPatch,
    answer: settingsAnswer,
    handle: ({ body, reader }) => changeSettings({ patch: body, actor: actorOf(reader) }),
  }),
})
