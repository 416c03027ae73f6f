import { changePassword } from '@/lib/access/change-password.server'
import { actorOf } from '@/lib/access/guard.server'
import { route, routes } from '@/lib/access/route.server'
import { changedPasswordAnswer, changePasswordBody } from '@/lib/access/user-schema'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  PUT: route({
    access: 'account',
    body: changePasswordBody,
    answer: changedPasswordAnswer,
    handle: async ({ body, reader }) => {
      await changePassword({ ...body, email: actorOf(reader) })
      return { changed: true as const }
    },
  }),
})
