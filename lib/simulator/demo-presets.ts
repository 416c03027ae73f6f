import type { CreatePresetBody } from '../presets/schema'
import { EXAMPLE_MODEL } from './build-models'
import { CARELESS_EXAMPLE } from './build-providers'
import { PINNED_PRESET } from './world'

/**
 * The presets that the demo's apps call through. The first is the story's: everything of it goes to one careless
 * provider, until somebody edits it. The others leave the model to the app.
 */
export const DEMO_PRESETS: readonly CreatePresetBody[] = [
  {
    slug: PINNED_PRESET,
    name: 'Tool runner',
    description: 'Runs the agents of the proving ground. Pinned to one provider.',
    system_prompt: 'Use the tools you are given. Never guess an identifier; look it up first.',
    config: {
      models: [EXAMPLE_MODEL],
      provider: { only: [CARELESS_EXAMPLE], allow_fallbacks: false },
      temperature: 0.2,
    },
  },
  {
    slug: 'tools',
    name: 'Support tools',
    description:
      'Orders, tickets and messages. A bad tool call is tried again elsewhere before the app sees it.',
    config: { provider: { sort: 'exacto' }, tool_call_guard: 'retry', temperature: 0.3 },
  },
  {
    slug: 'coder',
    name: 'Coder',
    description: 'Long sessions over a code base: the fastest provider that is up.',
    config: { provider: { sort: 'throughput' }, temperature: 0.1 },
  },
  {
    slug: 'on-call',
    name: 'On call',
    description: 'Somebody is waiting: quick to the first word, and away from slow providers.',
    config: { provider: { sort: 'latency', preferred_max_latency: { p90: 3 } }, parallel_tool_calls: false },
  },
  {
    slug: 'extract',
    name: 'Extract',
    description: 'Fields out of documents, the cheapest way.',
    config: { provider: { sort: 'price' }, temperature: 0, tool_call_guard: 'retry' },
  },
  {
    slug: 'research',
    name: 'Research',
    description: 'Reads a lot, so price decides, but not below a usable speed.',
    system_prompt: 'Cite the source of every claim.',
    config: { provider: { preferred_min_throughput: 30, ignore: [CARELESS_EXAMPLE] }, top_p: 0.9 },
  },
]
