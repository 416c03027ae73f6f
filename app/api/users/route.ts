import { addUser, listUsers } from '@/lib/access/manage-users.server'
import { route, routes } from '@/lib/access/route.server'
import { addUserBody, userListAnswer, userWithPassword } from '@/lib/access/user-schema'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({ access: 'admin', answer: userListAnswer, handle: ({ reader }) => listUsers(reader) }),
  POST: route({
    access: 'admin',
    status: 201,
    body: addUserBody,
    answer: userWithPassword,
    handle: ({ body, reader }) => addUser({ ...body, reader }),
  }),
})
