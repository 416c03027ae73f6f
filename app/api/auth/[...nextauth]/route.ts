import NextAuth from 'next-auth'
import { readAuthOptions } from '@/lib/access/options.server'
import { type RouteHandler, routes } from '@/lib/access/route.server'

const handle: RouteHandler = async (request, context) => NextAuth(await readAuthOptions())(request, context)

export const { GET, POST, PUT, PATCH, DELETE } = routes({ GET: handle, POST: handle })
