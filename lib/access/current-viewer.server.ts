import { headers } from 'next/headers'
import type { Viewer } from './schema'
import { readViewer } from './session.server'

/** Who looks at the page being rendered; null when nobody is signed in. Works in server components and route handlers. */
export async function currentViewer(): Promise<Viewer | null> {
  return readViewer((await headers()).get('cookie'))
}
