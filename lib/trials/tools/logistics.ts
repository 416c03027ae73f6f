import { trialTool } from './trial-tool'

const address = {
  type: 'object',
  additionalProperties: false,
  required: ['street', 'postcode', 'city', 'country'],
  properties: {
    street: { type: 'string', minLength: 3, maxLength: 120 },
    postcode: { type: 'string', pattern: '^[0-9]{5}$', description: 'Five digits' },
    city: { type: 'string', minLength: 2, maxLength: 60 },
    country: { type: 'string', enum: ['DE', 'FR', 'NL', 'PL', 'AT', 'IT'] },
    floor: { type: 'integer', minimum: -2, maximum: 60 },
  },
}

const sku = { type: 'string', pattern: '^[A-Z]{3}-[0-9]{4}$', description: 'Such as KLP-0042' }

export const BOOK_COURIER = trialTool({
  name: 'book_courier',
  description: 'Books a courier that collects parcels at one address and delivers them to another.',
  required: ['pickup', 'dropoff', 'parcels', 'service', 'window'],
  properties: {
    pickup: { $ref: '#/$defs/address' },
    dropoff: { $ref: '#/$defs/address' },
    parcels: {
      type: 'array',
      minItems: 1,
      maxItems: 8,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['weightKg', 'sizeCm'],
        properties: {
          weightKg: { type: 'number', minimum: 0.1, maximum: 70 },
          sizeCm: {
            type: 'array',
            minItems: 3,
            maxItems: 3,
            items: { type: 'integer', minimum: 1, maximum: 240 },
            description: 'Length, width, height',
          },
          isFragile: { type: 'boolean' },
        },
      },
    },
    service: { type: 'string', enum: ['same_day', 'overnight', 'economy'] },
    window: {
      type: 'object',
      additionalProperties: false,
      required: ['from', 'to'],
      properties: {
        from: { type: 'string', format: 'date-time' },
        to: { type: 'string', format: 'date-time' },
      },
    },
    notifyEmail: { type: 'string', format: 'email' },
  },
  $defs: { address },
})

export const TRACK_SHIPMENT = trialTool({
  name: 'track_shipment',
  description: 'Says where a shipment is, by its tracking code.',
  required: ['trackingCode'],
  properties: {
    trackingCode: { type: 'string', pattern: '^[A-Z]{2}[0-9]{9}$' },
    includeHistory: { type: 'boolean' },
  },
})

export const QUERY_WAREHOUSE = trialTool({
  name: 'query_warehouse',
  description: 'Lists stock of one or more warehouses that fits the filters.',
  required: ['warehouses', 'filter', 'sort'],
  properties: {
    warehouses: {
      type: 'array',
      minItems: 1,
      maxItems: 4,
      items: { type: 'string', enum: ['rotterdam', 'leipzig', 'lyon', 'gdansk'] },
    },
    filter: {
      oneOf: [
        {
          type: 'object',
          additionalProperties: false,
          required: ['kind', 'skus'],
          properties: {
            kind: { const: 'by_sku' },
            skus: { type: 'array', minItems: 1, maxItems: 20, items: sku },
          },
        },
        {
          type: 'object',
          additionalProperties: false,
          required: ['kind', 'category', 'belowUnits'],
          properties: {
            kind: { const: 'running_low' },
            category: { type: 'string', enum: ['fasteners', 'bearings', 'cables', 'sensors'] },
            belowUnits: { type: 'integer', minimum: 1, maximum: 10_000 },
          },
        },
      ],
    },
    sort: {
      type: 'object',
      additionalProperties: false,
      required: ['by', 'direction'],
      properties: {
        by: { type: 'string', enum: ['units', 'value', 'last_movement'] },
        direction: { type: 'string', enum: ['ascending', 'descending'] },
      },
    },
    limit: { type: 'integer', minimum: 1, maximum: 200 },
  },
})

export const TRANSFER_STOCK = trialTool({
  name: 'transfer_stock',
  description: 'Moves stock from one warehouse to another.',
  required: ['from', 'to', 'lines', 'priority'],
  properties: {
    from: { type: 'string', enum: ['rotterdam', 'leipzig', 'lyon', 'gdansk'] },
    to: { type: 'string', enum: ['rotterdam', 'leipzig', 'lyon', 'gdansk'] },
    lines: {
      type: 'array',
      minItems: 1,
      maxItems: 30,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['sku', 'units'],
        properties: { sku, units: { type: 'integer', minimum: 1, maximum: 5000 } },
      },
    },
    priority: { type: 'integer', minimum: 1, maximum: 5 },
    reason: { type: ['string', 'null'], maxLength: 200 },
  },
})
