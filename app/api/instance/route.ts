import { readInstance } from '@/lib/access/instance.server'
import { route, routes } from '@/lib/access/route.server'
import { instanceAnswer } from '@/lib/access/schema'

export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET: route({ access: 'public', answer: instanceAnswer, handle: readInstance }),
})
