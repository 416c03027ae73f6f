import { resetPassword } from '@/lib/access/manage-users.server'
import { route, routes } from '@/lib/access/route.server'
import { userParams, userWithPassword } from '@/lib/access/user-schema'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  POST: route({
    access: 'admin',
    params: userParams,
    answer: userWithPassword,
    handle: ({ params, reader }) => resetPassword({ id: params.id, reader }),
  }),
})
