import type { Client, Outcome } from './cell'
import type { ListedException } from './exceptions'
import type { Shape } from './providers/start-providers'

/** Why a cell is excused; null when it is not. */
export type Excuse = (cell: Pick<Outcome, 'client' | 'shape'>) => string | null

/** Looks cells up in a list of exceptions. */
export function excusedBy(exceptions: readonly ListedException[]): Excuse {
  return ({ client, shape }) =>
    exceptions.find((one) => one.client === client && (one.shapes === 'all' || one.shapes.includes(shape)))
      ?.reason ?? null
}

/** The table in Markdown: a row a client, a column a provider by its shape. */
export function tableOf(
  clients: readonly Client[],
  outcomes: readonly Outcome[],
  shapes: readonly Shape[],
  excuse: Excuse,
): string {
  const rows = clients.map((client) => {
    const cells = shapes.map((shape) => {
      const outcome = outcomes.find((one) => one.client === client.name && one.shape === shape)
      if (!outcome) return ''
      if (!outcome.problem) return 'ok'
      return excuse(outcome) ? 'excused' : 'fails'
    })
    return [client.name, versionsOf(client), client.speaks, ...cells]
  })
  const head = ['client', 'version', 'speaks', ...shapes]
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** Of the packages that the row names. */
function versionsOf({ name, packages }: Client): string {
  const named = name.split(/[ :,+]+/)
  return Object.entries(packages)
    .filter(([one]) => named.includes(one))
    .map(([, version]) => version)
    .join(', ')
}

/** What failed and the request that did, a paragraph each; empty when nothing did but what is excused. */
export function reportFailures(outcomes: readonly Outcome[], excuse: Excuse): string {
  return outcomes
    .filter((outcome) => outcome.problem && !excuse(outcome))
    .map(({ client, shape, problem, exchange, log }) => {
      const said = exchange
        ? `\n  ${exchange.method} ${exchange.path} → ${exchange.status} ${short(exchange.responseBody)}\n  asked: ${short(exchange.requestBody)}`
        : ''
      return `\n${client} at a ${shape} provider: ${short(problem ?? '')}${said}${log ? `\n  all of it: ${log}` : ''}`
    })
    .join('\n')
}

/** The excused cells and why, a line each. */
export function reportExcuses(outcomes: readonly Outcome[], excuse: Excuse): string {
  return outcomes
    .flatMap((outcome) => {
      const reason = outcome.problem ? excuse(outcome) : null
      return reason ? [`${outcome.client} at a ${outcome.shape} provider is excused: it ${reason}.`] : []
    })
    .join('\n')
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 600 ? `${line.slice(0, 400)} … ${line.slice(-180)}` : line
}
