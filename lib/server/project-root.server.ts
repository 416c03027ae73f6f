import { existsSync } from 'node:fs'
import path from 'node:path'

/** The folder of the product's package.json, wherever below it this code runs: from its source or put together. */
export const PROJECT_ROOT = folderOfPackage(import.meta.dirname)

/** What runs a command of the product in a process of its own: `node RUN_COMMAND lib/….server.ts`. */
export const RUN_COMMAND = path.join(PROJECT_ROOT, 'lib/server/run.mjs')

function folderOfPackage(folder: string): string {
  if (existsSync(path.join(folder, 'package.json'))) return folder
  const parent = path.dirname(folder)
  if (parent === folder) throw new Error('The package.json of Sightglass is missing.')
  return folderOfPackage(parent)
}
