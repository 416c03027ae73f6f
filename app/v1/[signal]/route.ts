import { startDataPlane } from '@/lib/data-plane/start-data-plane.server'

// Our own server answers these paths before Next sees them; here they work under `next dev` and plain Next hosting.
const handle = (request: Request) => startDataPlane().fetch(request)

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT }
