import { changeUserRole, removeUser } from '@/lib/access/manage-users.server'
import { route, routes } from '@/lib/access/route.server'
import { changeRoleBody, removedUserAnswer, user, userParams } from '@/lib/access/user-schema'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  PATCH: route({
    access: 'admin',
    params: userParams,
    body: changeRoleBody,
    answer: user,
    handle: ({ params, body, reader }) => changeUserRole({ id: params.id, role: body.role, reader }),
  }),
  DELETE: route({
    access: 'admin',
    params: userParams,
    answer: removedUserAnswer,
    handle: async ({ params, reader }) => {
      await removeUser({ id: params.id, reader })
      return { removed: true as const }
    },
  }),
})
