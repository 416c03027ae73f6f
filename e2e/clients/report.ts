import type { Client, Outcome } from './cell'
import { EXCEPTIONS } from './exceptions'
import type { Shape } from './providers/start-providers'

/** The exception that covers a cell, or null. */
export function exceptionFor({ client, shape }: Pick<Outcome, 'client' | 'shape'>): string | null {
  const found = EXCEPTIONS.find(
    (one) => one.client === client && (one.shapes === 'all' || one.shapes.includes(shape)),
  )
  return found?.reason ?? null
}

/** The table in Markdown: a row a client, a column a provider's shape. */
export function tableOf(
  clients: readonly Client[],
  outcomes: readonly Outcome[],
  shapes: readonly Shape[],
): string {
  const rows = clients.map((client) => {
    const cells = shapes.map((shape) => {
      const outcome = outcomes.find((one) => one.client === client.name && one.shape === shape)
      if (!outcome) return ''
      if (!outcome.problem) return 'ok'
      return exceptionFor(outcome) ? 'see below' : 'fails'
    })
    return [client.name, versionOf(client), client.speaks, ...cells]
  })
  const head = ['client', 'version', 'speaks', ...shapes.map((shape) => `at a ${shape} provider`)]
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function versionOf({ packages }: Client): string {
  return Object.values(packages)[0] ?? ''
}

/** What failed and the request that did, a paragraph each; empty when nothing did but what is excused. */
export function reportFailures(outcomes: readonly Outcome[]): string {
  return outcomes
    .filter((outcome) => outcome.problem && !exceptionFor(outcome))
    .map(({ client, shape, problem, exchange, log }) => {
      const said = exchange
        ? `\n  ${exchange.method} ${exchange.path} → ${exchange.status} ${short(exchange.responseBody)}\n  asked: ${short(exchange.requestBody)}`
        : ''
      return `\n${client} at a ${shape} provider: ${short(problem ?? '')}${said}${log ? `\n  all of it: ${log}` : ''}`
    })
    .join('\n')
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 600 ? `${line.slice(0, 400)} … ${line.slice(-180)}` : line
}
