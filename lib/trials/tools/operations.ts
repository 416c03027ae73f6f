import { trialTool } from './trial-tool'

const SERVICES = ['checkout', 'search', 'billing', 'identity', 'notifications']

export const FILE_INCIDENT = trialTool({
  name: 'file_incident',
  description: 'Opens an incident and calls in the people who own the affected services.',
  required: ['title', 'severity', 'services', 'detectedAt', 'impact'],
  properties: {
    title: { type: 'string', minLength: 8, maxLength: 120 },
    severity: { type: 'string', enum: ['sev1', 'sev2', 'sev3', 'sev4'] },
    services: {
      type: 'array',
      minItems: 1,
      maxItems: 5,
      uniqueItems: true,
      items: { type: 'string', enum: SERVICES },
    },
    detectedAt: { type: 'string', format: 'date-time' },
    impact: {
      type: 'object',
      additionalProperties: false,
      required: ['customersAffected', 'isRevenueAffected'],
      properties: {
        customersAffected: { type: 'integer', minimum: 0, maximum: 10_000_000 },
        isRevenueAffected: { type: 'boolean' },
        regions: { type: 'array', maxItems: 3, items: { type: 'string', enum: ['eu', 'us', 'apac'] } },
      },
    },
    runbookUrl: { type: 'string', pattern: '^https://' },
  },
})

export const PAGE_ON_CALL = trialTool({
  name: 'page_on_call',
  description: 'Wakes the person on call for one service.',
  required: ['service', 'message', 'urgency'],
  properties: {
    service: { type: 'string', enum: SERVICES },
    message: { type: 'string', minLength: 5, maxLength: 300 },
    urgency: { type: 'string', enum: ['low', 'high'] },
  },
})

export const SCHEDULE_MAINTENANCE = trialTool({
  name: 'schedule_maintenance',
  description: 'Plans a maintenance window for machines, with its steps and how to take it back.',
  required: ['machines', 'startsAt', 'durationMinutes', 'steps', 'rollback'],
  properties: {
    machines: {
      type: 'array',
      minItems: 1,
      maxItems: 12,
      items: { type: 'string', pattern: '^(web|db|cache|queue)-[0-9]{2}$' },
    },
    startsAt: { type: 'string', format: 'date-time' },
    durationMinutes: { type: 'integer', minimum: 5, maximum: 480, multipleOf: 5 },
    steps: { type: 'array', minItems: 1, maxItems: 10, items: { $ref: '#/$defs/step' } },
    rollback: {
      oneOf: [
        {
          type: 'object',
          additionalProperties: false,
          required: ['kind', 'snapshotId'],
          properties: { kind: { const: 'snapshot' }, snapshotId: { type: 'string', format: 'uuid' } },
        },
        {
          type: 'object',
          additionalProperties: false,
          required: ['kind', 'steps'],
          properties: {
            kind: { const: 'manual' },
            steps: { type: 'array', minItems: 1, items: { $ref: '#/$defs/step' } },
          },
        },
      ],
    },
  },
  $defs: {
    step: {
      type: 'object',
      additionalProperties: false,
      required: ['action', 'timeoutSeconds'],
      properties: {
        action: { type: 'string', enum: ['drain', 'patch', 'restart', 'verify', 'restore'] },
        timeoutSeconds: { type: 'integer', minimum: 1, maximum: 3600 },
        needsApproval: { type: 'boolean' },
      },
    },
  },
})

export const QUERY_METRICS = trialTool({
  name: 'query_metrics',
  description: 'Reads one metric of a service over a time range.',
  required: ['service', 'metric', 'range'],
  properties: {
    service: { type: 'string', enum: SERVICES },
    metric: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'aggregation'],
      properties: {
        name: { type: 'string', enum: ['latency', 'errors', 'requests', 'saturation'] },
        aggregation: { type: 'string', enum: ['p50', 'p95', 'p99', 'sum', 'rate'] },
      },
    },
    range: {
      type: 'object',
      additionalProperties: false,
      required: ['from', 'to', 'stepSeconds'],
      properties: {
        from: { type: 'string', format: 'date-time' },
        to: { type: 'string', format: 'date-time' },
        stepSeconds: { type: 'integer', enum: [15, 60, 300, 3600] },
      },
    },
    groupBy: {
      type: 'array',
      maxItems: 3,
      items: { type: 'string', enum: ['region', 'version', 'endpoint'] },
    },
  },
})
