import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ENVIRONMENT_KEYS } from './platform/env.server'
import { API_SHAPES, toApiShape } from './records/vocabulary'

// The rules of the code base, held by a test. Each failure lists `file:line` and says what to do instead.

const ROOT = path.resolve(import.meta.dirname, '..')
const SOURCE_FOLDERS = ['app', 'components', 'lib', 'prisma', 'e2e', 'bench']
const ROOT_ENTRIES = new Set([
  ...SOURCE_FOLDERS,
  'public',
  'node_modules',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'next.config.js',
  'README.md',
])
/** Written by tools and ignored by git. */
const GENERATED = /^(next-env\.d\.ts|.*\.tsbuildinfo|.*\.log|test-results|playwright-report)$/

type SourceFile = { path: string; lines: string[]; imports: { line: number; target: string }[] }

const files = SOURCE_FOLDERS.flatMap(listFiles)
const sources = files.filter((file) => /\.tsx?$/.test(file)).map(readSource)
const isTest = (file: string) => /\.test(-d)?\.tsx?$/.test(file) || file.startsWith('lib/testing/')
const isConfig = (file: string) => /\.config\.(ts|js)$/.test(file)
const isServer = (file: string) => /\.server\.tsx?$/.test(file)
const isProduct = (file: string) => /^(app|components|lib)\//.test(file) && !isTest(file) && !isConfig(file)
const isPlainLib = (file: string) => file.startsWith('lib/') && isProduct(file) && !isServer(file)

function listFiles(folder: string): string[] {
  const absolute = path.join(ROOT, folder)
  if (!existsSync(absolute)) return []
  return readdirSync(absolute, { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`
    if (file === 'prisma/generated' || entry.name === 'node_modules') return []
    return entry.isDirectory() ? listFiles(file) : [file]
  })
}

function readSource(file: string): SourceFile {
  const lines = blankComments(readFileSync(path.join(ROOT, file), 'utf8')).split('\n')
  const imports = lines.flatMap((text, index) => {
    const found = /(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/.exec(text)?.[1]
    return found === undefined ? [] : [{ line: index + 1, target: resolveImport(file, found) }]
  })
  return { path: file, lines, imports }
}

/** Comments become spaces, so that words in prose break no rule and lines keep their numbers. */
function blankComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/[^\n]*/g, (comment) => comment.replace(/[^\n]/g, ' '))
}

/** A path from the root for our own files (without extension), a package's name otherwise. */
function resolveImport(from: string, specifier: string): string {
  if (specifier.startsWith('@/')) return specifier.slice(2)
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(from), specifier)
  return specifier
}

function importsOf(where: (file: string) => boolean, forbidden: (target: string) => boolean): string[] {
  return sources
    .filter((source) => where(source.path))
    .flatMap((source) =>
      source.imports
        .filter(({ target }) => forbidden(target))
        .map(({ line, target }) => `${source.path}:${line} imports ${target}`),
    )
}

function linesOf(where: (file: string) => boolean, forbidden: RegExp): string[] {
  return sources
    .filter((source) => where(source.path))
    .flatMap((source) =>
      source.lines.flatMap((text, index) =>
        forbidden.test(text) ? [`${source.path}:${index + 1} ${text.trim()}`] : [],
      ),
    )
}

const isPackage = (name: string) => (target: string) => target === name || target.startsWith(`${name}/`)
const isUnder = (folder: string) => (file: string) => file.startsWith(`${folder}/`)

test('the root holds only what the layout names', () => {
  const extra = readdirSync(ROOT).filter(
    (name) => !ROOT_ENTRIES.has(name) && !name.startsWith('.') && !GENERATED.test(name),
  )
  expect(extra, 'Put it beside what it configures or belongs to; tool configs can be dotfiles.').toEqual([])
})

test('nothing but app imports app', () => {
  const found = importsOf((file) => !file.startsWith('app/'), isUnder('app'))
  expect(found, 'Move what is needed down: app → components → lib.').toEqual([])
})

test('lib imports no components', () => {
  const found = importsOf(isUnder('lib'), isUnder('components'))
  expect(found, 'Move the decision into a plain lib file that both import.').toEqual([])
})

test('components import no server files', () => {
  const found = importsOf(isUnder('components'), (target) => target.endsWith('.server'))
  expect(found, 'Fetch through app/api with a use-*.ts hook; take the types from schema.ts.').toEqual([])
  const own = sources.filter((source) => isUnder('components')(source.path) && isServer(source.path))
  expect(own, 'I/O lives in lib; a component gets its data from a hook or as props.').toEqual([])
})

/**
 * Which folders of lib a folder may import, lowest floor first; type imports count. What is not listed is forbidden, so
 * that the floors stay floors: a folder only ever knows those below it.
 */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  platform: [],
  records: ['platform'],
  time: ['platform'],
  access: ['platform'],
  recorder: ['platform', 'records', 'time'],
  shapes: ['platform', 'records'],
  health: ['platform', 'recorder', 'records', 'time'],
  callers: ['access', 'platform', 'recorder'],
  'use-cases': ['access', 'platform', 'recorder', 'records'],
  catalog: ['access', 'health', 'platform', 'records', 'shapes'],
  presets: ['access', 'catalog', 'platform', 'records', 'shapes'],
  formats: ['catalog', 'platform', 'records', 'shapes'],
  trials: ['access', 'platform', 'presets', 'records'],
  importer: ['formats', 'platform', 'records'],
  analytics: ['catalog', 'health', 'platform', 'recorder', 'records', 'time', 'trials'],
  live: ['analytics', 'health', 'platform', 'recorder', 'records', 'time'],
  simulator: ['analytics', 'catalog', 'formats', 'importer', 'platform', 'presets', 'records', 'use-cases'],
  charts: ['analytics', 'health', 'live', 'platform', 'records', 'time', 'trials'],
  gateway: [
    'access',
    'analytics',
    'catalog',
    'health',
    'live',
    'platform',
    'presets',
    'recorder',
    'records',
    'shapes',
    'time',
  ],
  'data-plane': [
    'access',
    'callers',
    'catalog',
    'formats',
    'gateway',
    'platform',
    'presets',
    'recorder',
    'records',
    'shapes',
    'trials',
    'use-cases',
  ],
  server: ['access', 'data-plane', 'live', 'platform', 'recorder', 'simulator', 'trials'],
}

test('folders of lib import only those below them', () => {
  const folders = Object.keys(ALLOWED)
  const upward = folders.flatMap((folder, floor) =>
    (ALLOWED[folder] ?? [])
      .filter((below) => folders.indexOf(below) >= floor)
      .map((below) => `${folder} may not know ${below}`),
  )
  expect(upward, 'A folder can only allow folders that are listed before it.').toEqual([])
  const found = sources
    .filter(({ path: file }) => file.startsWith('lib/') && isProduct(file))
    .flatMap((source) => {
      const folder = folderOf(source.path)
      if (folder === null) return []
      const allowed = ALLOWED[folder]
      return source.imports
        .filter(({ target }) => {
          const wanted = target.startsWith('lib/') ? folderOf(target) : null
          return wanted !== null && wanted !== folder && !allowed?.includes(wanted)
        })
        .map(({ line, target }) => `${source.path}:${line} imports ${target}`)
    })
  expect(found, 'Move what is needed down, or pass it in; ALLOWED says who may know whom.').toEqual([])
})

function folderOf(file: string): string | null {
  const [, folder, ...rest] = file.split('/')
  return folder === undefined || rest.length === 0 ? null : folder
}

test('no files of lib import each other in a circle', () => {
  const stem = (file: string) => file.replace(/\.tsx?$/, '')
  const imported = new Map(
    sources
      .filter(({ path: file }) => file.startsWith('lib/') && isProduct(file))
      .map((source) => [stem(source.path), source.imports.map(({ target }) => target)]),
  )
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) circles.push([...trail.slice(trail.indexOf(file)), file].join(' → '))
    if (done.has(file) || trail.includes(file)) return
    for (const target of imported.get(file) ?? []) {
      if (imported.has(target)) visit(target, [...trail, file])
    }
    done.add(file)
  }
  for (const file of imported.keys()) visit(file, [])
  expect(circles, 'Take what both need into a file of its own.').toEqual([])
})

test('only lib/shapes tells one wire shape from another', () => {
  // The simulator plays providers and clients of shapes, and has to know which one it plays.
  const where = (file: string) => isProduct(file) && !/^lib\/(shapes|simulator)\//.test(file)
  const found = sources
    .filter((source) => where(source.path))
    .flatMap((source) =>
      source.lines.flatMap((text, index) =>
        comparedNames(text).some((name) => isShapeName(name, text))
          ? [`${source.path}:${index + 1} ${text.trim()}`]
          : [],
      ),
    )
  expect(found, 'Ask shapeNamed(…) for what is different, and let each shape say it.').toEqual([])
})

/** Texts that the line compares something with. */
function comparedNames(line: string): string[] {
  const compared =
    /(?:[=!]==?|\bcase|\.(?:includes|startsWith|endsWith)\()\s*['"`]([\w-]+)['"`]|['"`]([\w-]+)['"`]\s*[=!]==?/g
  return [...line.matchAll(compared)].map(([, after, before]) => after ?? before ?? '')
}

/** Other names of shapes are names of much else too, so that they count beside the word alone. */
function isShapeName(name: string, line: string): boolean {
  return API_SHAPES.some((shape) => shape === name) || (toApiShape(name) !== null && /shape/i.test(line))
}

test('comparisons with a wire shape are seen', () => {
  const isFound = (line: string) => comparedNames(line).some((name) => isShapeName(name, line))
  const forbidden = [
    "if (a === 'gemini') {",
    "case 'openai-chat':",
    "'gemini' !== b",
    "apiShape == 'anthropic'",
  ]
  expect([...forbidden, "NAMES.includes('openai-responses')"].filter((line) => !isFound(line))).toEqual([])
  expect(["operation === 'chat'", "{ apiShape: 'openai-chat' }"].filter(isFound)).toEqual([])
})

test('plain lib files import no server files', () => {
  const found = importsOf(isPlainLib, (target) => target.endsWith('.server'))
  expect(found, 'Pass the value in as an argument, or name the file *.server.ts.').toEqual([])
})

test('plain lib files import nothing that does I/O or renders', () => {
  const impure =
    /^(node:(fs|net|http|https|os|child_process|worker_threads|timers|process)(\/.*)?|pg|pg-copy-streams|undici|pino|hono|@hono\/.*|@prisma\/.*|prisma\/generated.*|react|react-dom|next|next\/.*|next-auth.*|recharts)$/
  const found = importsOf(isPlainLib, (target) => impure.test(target))
  expect(found, 'Plain lib files are pure: take data as arguments, or name the file *.server.ts.').toEqual([])
})

test('plain lib files read no clock and no chance', () => {
  const found = linesOf(isPlainLib, /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bMath\.random\(/)
  expect(found, 'Take nowMs or a random source as an argument.').toEqual([])
})

test('only env.server.ts reads the environment', () => {
  const allowed = new Set(['lib/platform/env.server.ts'])
  const found = linesOf((file) => isProduct(file) && !allowed.has(file), /\bprocess\.env\b/)
  expect(found, 'Add the variable to lib/platform/env.server.ts and call readEnvironment().').toEqual([])
})

test('only db.server.ts opens the database for Prisma', () => {
  const allowed = new Set(['lib/platform/db.server.ts', 'lib/server/migrate.server.ts'])
  const where = (file: string) => isProduct(file) && !allowed.has(file)
  const found = [
    ...importsOf(where, isPackage('@prisma/adapter-pg')),
    ...linesOf(where, /\bnew PrismaClient\b/),
  ]
  expect(found, 'Call db() of lib/platform/db.server.ts.').toEqual([])
})

test('only the recorder copies rows into the database', () => {
  const where = (file: string) => isProduct(file) && !file.startsWith('lib/recorder/')
  const found = importsOf(where, isPackage('pg-copy-streams'))
  expect(found, 'Hand the records to the recorder: it is the only writer of facts.').toEqual([])
})

test('analytics reads rollups, and facts only for Logs', () => {
  const where = (file: string) =>
    file.startsWith('lib/analytics/') && !file.startsWith('lib/analytics/logs/') && isProduct(file)
  const found = linesOf(where, /\b(request_log|attempt_log|requestLog|attemptLog)\b/)
  expect(
    found,
    'Read a rollup and its inbox, so that a panel costs the same at any volume, or find single requests by searchFacts().',
  ).toEqual([])
})

test('only components/charts imports recharts', () => {
  const found = importsOf((file) => !file.startsWith('components/charts/'), isPackage('recharts'))
  expect(found, 'Use or extend a chart of components/charts.').toEqual([])
})

test('only commands and the log write to the console', () => {
  const allowed = /(cli\.server|log\.server|lib\/server\/main\.server)\.ts$/
  const found = linesOf((file) => isProduct(file) && !allowed.test(file), /\bconsole\.\w+\(/)
  expect(found, 'Use log of lib/platform/log.server.ts, or throw.').toEqual([])
})

test('files are named after their subject, in kebab-case', () => {
  const vague = /(^|\/)(utils?|helpers?|types?|constants?|misc|common|shared)(\.[^/]*)?(\/|$)/
  const kebab =
    /^(\.?[a-z0-9]+(-[a-z0-9]+)*|\[{1,2}(\.\.\.)?[a-z-]+\]{1,2}|\([a-z-]+\)|_[a-z-]+)(\.[a-z0-9-]+)*$/
  const named = sources.map((source) => source.path)
  expect(
    named.filter((file) => vague.test(file)),
    'Name the subject: a reader looks for the noun.',
  ).toEqual([])
  expect(
    named.filter((file) => !file.split('/').every((part) => kebab.test(part))),
    'Name it in kebab-case, such as wilson-interval.ts.',
  ).toEqual([])
})

test('there are no barrel files', () => {
  const found = [
    ...sources.map((source) => source.path).filter((file) => /(^|\/)index\.tsx?$/.test(file)),
    ...linesOf(isProduct, /^\s*export \* from/),
  ]
  expect(found, 'Import from the file that has the thing.').toEqual([])
})

test('exports are named, except where Next demands a default', () => {
  const isNextFile = (file: string) =>
    /^app\/.*\b(page|layout|template|error|global-error|loading|not-found|default|icon|opengraph-image|manifest|robots|sitemap)\.tsx?$/.test(
      file,
    )
  const found = linesOf((file) => isProduct(file) && !isNextFile(file), /^export default\b/)
  expect(found, 'Export it by name.').toEqual([])
})

test('every exported function of lib says what it means', () => {
  const found = sources
    .filter((source) => source.path.startsWith('lib/') && isProduct(source.path))
    .flatMap(({ path: file }) => {
      const lines = readFileSync(path.join(ROOT, file), 'utf8').split('\n')
      return lines.flatMap((text, index) =>
        /^export (async )?function\*? /.test(text) && !lines[index - 1]?.trimEnd().endsWith('*/')
          ? [`${file}:${index + 1} ${text}`]
          : [],
      )
    })
  expect(found, 'Write a docstring above it: meaning, units, what null means, what it throws.').toEqual([])
})

test('every path quoted in a README exists', () => {
  const readmes = ['README.md', ...files.filter((file) => file.endsWith('/README.md'))]
  const quoted = new RegExp(`^(${SOURCE_FOLDERS.join('|')}|public|\\.ci)/[\\w./@()[\\]-]*$`)
  const missing = readmes.filter(isThere).flatMap((readme) => {
    const text = readFileSync(path.join(ROOT, readme), 'utf8')
    return [...text.matchAll(/`([^`\s]+)`|\]\(([^)\s#]+)/g)]
      .map((match) => match[1] ?? match[2] ?? '')
      .filter((target) => quoted.test(target) && !isThere(target))
      .map((target) => `${readme} names ${target}`)
  })
  expect(missing, 'Correct the path, or drop the sentence.').toEqual([])
})

test('every section of design.md that a comment cites is there', () => {
  const design = readFileSync(path.join(ROOT, 'lib/design.md'), 'utf8')
  const sections = new Set([...design.matchAll(/^## (\d+)\./gm)].map(([, section]) => section))
  const missing = sources.flatMap(({ path: file }) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8').replace(/\s*\n\s*(\*|\/\/)\s*/g, ' ')
    return [...text.matchAll(/design\.md((?:,? (?:and )?§\d+)+)/g)]
      .flatMap(([, cited = '']) => cited.match(/\d+/g) ?? [])
      .filter((section) => !sections.has(section))
      .map((section) => `${file} cites §${section}`)
  })
  expect(missing, 'Write the section, or cite another.').toEqual([])
})

test('every setting is in .env.example and in the README', () => {
  const setByOthers = ['NODE_ENV', 'CI', 'npm_lifecycle_event']
  const settings = ENVIRONMENT_KEYS.filter((key) => !setByOthers.includes(key))
  const missing = ['.env.example', 'README.md'].flatMap((file) => {
    const text = isThere(file) ? readFileSync(path.join(ROOT, file), 'utf8') : ''
    return settings.filter((key) => !new RegExp(`\\b${key}\\b`).test(text)).map((key) => `${key} in ${file}`)
  })
  expect(missing, 'Describe it there in one line: what it does and its default.').toEqual([])
})

test('the tests run in the time zone their project names', () => {
  const zones = ['UTC', 'Pacific/Auckland']
  expect(zones, 'Run them by npm run verify.').toContain(Intl.DateTimeFormat().resolvedOptions().timeZone)
})

function isThere(file: string): boolean {
  return existsSync(path.join(ROOT, file))
}
