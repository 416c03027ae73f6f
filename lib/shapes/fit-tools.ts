import type { ApiShape } from '../records/vocabulary'
import type { Request } from './hub'

/** How the tools of a request fit a provider of another shape. */
export type ToolFit = {
  /** Built-in tools that the provider does not have, by kind; the request goes without them. */
  leftOut: string[]
  /** Why the request cannot go there at all, in a sentence; null when it can. */
  refusal: string | null
}

/**
 * Built-in tools are run by the provider, so they pass only to providers of the shape they are written in. Elsewhere
 * they are left out, unless they are the point of the request: named by its choice, or demanded when no other tool is
 * there. Functions and custom tools go everywhere.
 */
export function fitTools(
  { tools, toolChoice }: Pick<Request, 'tools' | 'toolChoice'>,
  upstreamShape: ApiShape,
): ToolFit {
  const isForeign = (tool: { type: string; shape?: ApiShape }) =>
    tool.type === 'built_in' && tool.shape !== upstreamShape
  const leftOut = [
    ...new Set(tools.flatMap((tool) => (tool.type === 'built_in' && isForeign(tool) ? tool.kind : []))),
  ]
  if (toolChoice?.mode === 'built_in' && toolChoice.shape !== upstreamShape) {
    const { kind, shape } = toolChoice
    return { leftOut, refusal: `tool_choice demands the built-in tool ${kind}, ${runBy(shape)}` }
  }
  const [first] = tools
  if (toolChoice?.mode === 'required' && first?.type === 'built_in' && tools.every(isForeign)) {
    const named = leftOut.join(', ')
    return {
      leftOut,
      refusal: `tool_choice demands one of the built-in tools ${named}, ${runBy(first.shape)}`,
    }
  }
  return { leftOut, refusal: null }
}

function runBy(shape: ApiShape): string {
  return `which only providers of the shape ${shape} run`
}
