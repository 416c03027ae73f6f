import { createRandom, type Random } from '../../platform/random'
import { TOOLS } from '../invented-names'

/** A tool as an app offers it; each shape writes it its own way. */
export type ClientTool = { name: string; description: string; parameters: Record<string, unknown> }

const text = (description: string) => ({ type: 'string', description })
const path = {
  type: 'string',
  pattern: '^[a-z]+(/[a-z0-9_.-]+)*$',
  description: 'Relative to the work folder',
}
const object = (required: readonly string[], properties: Record<string, unknown>) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
})

/** The tools of `TOOLS`, by name: what each does and what it takes. */
const OWN_TOOLS = {
  read_file: [
    'Reads a text file, whole or some of its lines.',
    object(['path'], {
      path,
      from_line: { type: 'integer', minimum: 1 },
      lines: { type: 'integer', minimum: 1, maximum: 2000 },
    }),
  ],
  search: [
    'Searches files and documents for words or an expression.',
    object(['query'], {
      query: text('What to look for'),
      glob: text('Which files'),
      limit: { type: 'integer', minimum: 1, maximum: 200 },
    }),
  ],
  run_command: [
    'Runs a command in a sandbox and returns what it prints.',
    object(['command', 'timeout_seconds'], {
      command: { type: 'array', minItems: 1, maxItems: 12, items: { type: 'string' } },
      timeout_seconds: { type: 'integer', minimum: 1, maximum: 600 },
      environment: { type: 'object', additionalProperties: { type: 'string' } },
    }),
  ],
  edit_file: [
    'Replaces text in a file.',
    object(['path', 'edits'], {
      path,
      edits: {
        type: 'array',
        minItems: 1,
        maxItems: 8,
        items: object(['old', 'new'], { old: text('Text to replace'), new: text('Its replacement') }),
      },
    }),
  ],
  get_order: [
    'Looks up an order with its lines and its state.',
    object(['order_id'], {
      order_id: { type: 'string', pattern: '^ORD-[0-9]{6}$' },
      include: { type: 'array', uniqueItems: true, items: { enum: ['lines', 'payments', 'shipments'] } },
    }),
  ],
  query_database: [
    'Runs a read-only query.',
    object(['table', 'filters'], {
      table: { enum: ['orders', 'customers', 'stock', 'invoices'] },
      filters: {
        type: 'array',
        minItems: 1,
        items: object(['column', 'operator', 'value'], {
          column: text('Column'),
          operator: { enum: ['=', '<', '>', 'in'] },
          value: { type: ['string', 'number'] },
        }),
      },
      limit: { type: 'integer', minimum: 1, maximum: 1000 },
    }),
  ],
  list_files: [
    'Lists the files of a folder.',
    object(['path'], { path, depth: { type: 'integer', minimum: 1, maximum: 5 } }),
  ],
  fetch_page: [
    'Fetches a page and returns its text.',
    object(['url'], { url: { type: 'string', format: 'uri' }, format: { enum: ['text', 'markdown'] } }),
  ],
  create_ticket: [
    'Opens a ticket.',
    object(['title', 'priority', 'body'], {
      title: { type: 'string', minLength: 5, maxLength: 120 },
      priority: { enum: ['low', 'normal', 'high', 'urgent'] },
      body: text('What happened'),
      labels: { type: 'array', maxItems: 5, items: { type: 'string' } },
    }),
  ],
  get_weather: [
    'Tells the weather of a place for some days.',
    object(['place', 'days'], {
      place: text('City or coordinates'),
      days: { type: 'integer', minimum: 1, maximum: 7 },
    }),
  ],
  send_message: [
    'Sends a message to a customer or a colleague.',
    object(['to', 'channel', 'body'], {
      to: { type: 'string', format: 'email' },
      channel: { enum: ['email', 'chat', 'sms'] },
      body: { type: 'string', minLength: 1 },
    }),
  ],
  check_stock: [
    'Tells how many of an article are where.',
    object(['sku'], {
      sku: { type: 'string', pattern: '^[A-Z]{3}-[0-9]{4}$' },
      warehouses: { type: 'array', items: { type: 'string' } },
    }),
  ],
  book_slot: [
    'Books a slot for a delivery or a visit.',
    object(['date', 'window'], {
      date: { type: 'string', format: 'date' },
      window: object(['from', 'to'], {
        from: { type: 'string', format: 'time' },
        to: { type: 'string', format: 'time' },
      }),
      note: text('For the driver'),
    }),
  ],
  update_record: [
    'Changes fields of a record.',
    object(['id', 'changes'], {
      id: { type: 'string', format: 'uuid' },
      changes: {
        type: 'object',
        minProperties: 1,
        additionalProperties: { type: ['string', 'number', 'boolean'] },
      },
    }),
  ],
} as const satisfies Record<(typeof TOOLS)[number], readonly [string, Record<string, unknown>]>

const MCP_SERVERS = ['tracker', 'wiki', 'calendar', 'ledger', 'warehouse'] as const
const MCP_VERBS = ['list', 'get', 'create', 'update', 'search'] as const

const BENCH: readonly ClientTool[] = [
  ...TOOLS.map((name) => ({ name, description: OWN_TOOLS[name][0], parameters: OWN_TOOLS[name][1] })),
  ...MCP_SERVERS.flatMap((server) => MCP_VERBS.map((verb) => mcpTool(server, verb))),
]
/** From so many tools on, an agent has MCP servers attached. */
const OWN_SHARE = 0.6

function mcpTool(server: string, verb: string): ClientTool {
  return {
    name: `mcp__${server}__${verb}`,
    description: `${verb.charAt(0).toUpperCase()}${verb.slice(1)} entries of the ${server}, as its server describes them.`,
    parameters: object(['reference'], {
      reference: { type: 'string', pattern: '^[a-z]{2,4}-[0-9]{2,5}$' },
      fields: { type: 'array', maxItems: 6, items: { enum: ['title', 'owner', 'state', 'due', 'links'] } },
      page: { type: 'integer', minimum: 1 },
    }),
  }
}

/**
 * `count` tools for an app, the same for the same `appSeed`: mostly the app's own, the more there are the more of them
 * from MCP servers. There are 39 at most.
 */
export function chooseTools({ count, appSeed }: { count: number; appSeed: number }): ClientTool[] {
  const random = createRandom(appSeed)
  const ownCount = Math.min(TOOLS.length, count <= 3 ? count : Math.ceil(count * OWN_SHARE))
  const own = rotate(BENCH.slice(0, TOOLS.length), random).slice(0, ownCount)
  const others = rotate(BENCH.slice(TOOLS.length), random).slice(0, count - ownCount)
  return [...own, ...others]
}

function rotate<T>(list: readonly T[], random: Random): T[] {
  const at = Math.floor(random() * list.length)
  return [...list.slice(at), ...list.slice(0, at)]
}
