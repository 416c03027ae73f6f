import { trialTool } from './trial-tool'

const money = {
  type: 'object',
  additionalProperties: false,
  required: ['amountCents', 'currency'],
  properties: {
    amountCents: { type: 'integer', minimum: 1, maximum: 100_000_000 },
    currency: { type: 'string', enum: ['EUR', 'USD', 'GBP', 'CHF'] },
  },
}

const orderNumber = { type: 'string', pattern: '^SO-[0-9]{6}$' }

export const CREATE_INVOICE = trialTool({
  name: 'create_invoice',
  description: 'Drafts an invoice with its lines and when it is due.',
  required: ['customer', 'lines', 'dueOn', 'taxRate'],
  properties: {
    customer: {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'billingEmail'],
      properties: {
        id: { type: 'string', pattern: '^C[0-9]{5}$' },
        billingEmail: { type: 'string', format: 'email' },
        vatNumber: { type: ['string', 'null'], pattern: '^[A-Z]{2}[0-9]{8,12}$' },
      },
    },
    lines: {
      type: 'array',
      minItems: 1,
      maxItems: 40,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['description', 'quantity', 'unitPrice'],
        properties: {
          description: { type: 'string', minLength: 2, maxLength: 200 },
          quantity: { type: 'number', exclusiveMinimum: 0, maximum: 10_000 },
          unitPrice: { $ref: '#/$defs/money' },
        },
      },
    },
    dueOn: { type: 'string', format: 'date' },
    taxRate: { type: 'number', enum: [0, 0.07, 0.19, 0.21] },
  },
  $defs: { money },
})

export const ISSUE_REFUND = trialTool({
  name: 'issue_refund',
  description: 'Pays back an order, wholly or in part.',
  required: ['order', 'refund', 'reason'],
  properties: {
    order: orderNumber,
    refund: {
      oneOf: [
        {
          type: 'object',
          additionalProperties: false,
          required: ['kind'],
          properties: { kind: { const: 'full' } },
        },
        {
          type: 'object',
          additionalProperties: false,
          required: ['kind', 'amount'],
          properties: { kind: { const: 'partial' }, amount: { $ref: '#/$defs/money' } },
        },
      ],
    },
    reason: { type: 'string', enum: ['damaged', 'late', 'not_as_described', 'goodwill'] },
    notifyCustomer: { type: 'boolean' },
  },
  $defs: { money },
})

export const LOOK_UP_ORDER = trialTool({
  name: 'look_up_order',
  description: 'Reads one order with its lines and payments.',
  required: ['order'],
  properties: {
    order: orderNumber,
    include: {
      type: 'array',
      uniqueItems: true,
      maxItems: 3,
      items: { type: 'string', enum: ['lines', 'payments', 'shipments'] },
    },
  },
})

export const BOOK_ROOM = trialTool({
  name: 'book_room',
  description: 'Books a meeting room and invites people.',
  required: ['title', 'startsAt', 'durationMinutes', 'attendees', 'room'],
  properties: {
    title: { type: 'string', minLength: 3, maxLength: 80 },
    startsAt: { type: 'string', format: 'date-time' },
    durationMinutes: { type: 'integer', minimum: 15, maximum: 480, multipleOf: 15 },
    attendees: { type: 'array', minItems: 1, maxItems: 25, items: { type: 'string', format: 'email' } },
    room: {
      type: 'object',
      additionalProperties: false,
      required: ['seats'],
      properties: {
        seats: { type: 'integer', minimum: 1, maximum: 60 },
        equipment: {
          type: 'array',
          maxItems: 3,
          items: { type: 'string', enum: ['screen', 'whiteboard', 'conference_phone'] },
        },
      },
    },
    recurrence: {
      type: ['object', 'null'],
      additionalProperties: false,
      required: ['every', 'until'],
      properties: {
        every: { type: 'string', enum: ['day', 'week', 'month'] },
        until: { type: 'string', format: 'date' },
      },
    },
  },
})

export const SEARCH_DOCUMENTS = trialTool({
  name: 'search_documents',
  description: 'Searches contracts, manuals and policies.',
  required: ['query', 'collections'],
  properties: {
    query: { type: 'string', minLength: 3, maxLength: 200 },
    collections: {
      type: 'array',
      minItems: 1,
      maxItems: 3,
      items: { type: 'string', enum: ['contracts', 'manuals', 'policies'] },
    },
    filters: {
      type: 'object',
      additionalProperties: { type: 'string', maxLength: 100 },
      maxProperties: 5,
    },
    topK: { type: 'integer', minimum: 1, maximum: 50 },
  },
})
