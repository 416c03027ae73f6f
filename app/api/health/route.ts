import { routes } from '@/lib/access/route.server'
import { healthResponse } from '@/lib/platform/health.server'

export const { GET, POST, PUT, PATCH, DELETE } = routes({ GET: healthResponse })
