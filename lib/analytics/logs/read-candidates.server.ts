import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import { CALLER_KINDS, TOOL_VERDICTS } from '../../records/vocabulary'
import type { Granularity } from '../../time/time-buckets'
import type { TimeWindow } from '../../time/window'
import { BAD_VERDICTS } from '../../trials/call-outcome'
import { operationIn } from '../usage-source.server'
import type { AttemptProof, AttemptScope, Evidence, ToolProof, UsageProof } from './evidence'
import type { CandidateBucket } from './plan-search'

const candidateRow = z.object({ start_ms: z.number(), at_most: z.number(), requests: z.number() })

/**
 * The buckets of one grain inside some windows that may hold matching requests, newest first. Reads rollups and what
 * waits to be folded into them, so a committed request is never missed. `evidence` must not be empty; pieces that the
 * grain does not keep have to be left out by the caller.
 */
export async function readCandidates({
  granularity,
  windows,
  evidence,
}: {
  granularity: Granularity
  windows: readonly TimeWindow[]
  evidence: readonly Evidence[]
}): Promise<CandidateBucket[]> {
  if (windows.length === 0 || evidence.length === 0) return []
  const sums = evidence.map((one) => sumsOf(sourceOf(one, granularity), granularity))
  const all = sumsOf(
    sourceOf(
      {
        of: 'usage',
        subject: 'caller_kind',
        keyIds: ALL_CALLER_KINDS,
        operation: null,
        proofs: ['requests'],
      },
      granularity,
    ),
    granularity,
  )
  const joined = sums.map(
    (sum, index) => Prisma.sql`JOIN (${sum}) AS ${piece(index)} ON ${piece(index)}.bucket = whole.bucket`,
  )
  const bounds = sums.map((_, index) => Prisma.sql`${piece(index)}.at_most`)
  const rows = await db().$queryRaw(Prisma.sql`
    WITH part AS (
      SELECT to_timestamp(from_ms / 1000) AS starts, to_timestamp(to_ms / 1000) AS ends
      FROM unnest(${windows.map((one) => one.fromMs)}::float8[], ${windows.map((one) => one.toMs)}::float8[])
        AS part (from_ms, to_ms)
    )
    SELECT extract(epoch FROM whole.bucket)::float8 * 1000 AS start_ms, least(${Prisma.join(bounds)})::float8 AS at_most,
      whole.at_most::float8 AS requests
    FROM (${all}) AS whole ${Prisma.join(joined, ' ')}
    ORDER BY whole.bucket DESC`)
  return z
    .array(candidateRow)
    .parse(rows)
    .map((row) => ({ startMs: row.start_ms, matchesAtMost: row.at_most, requests: row.requests }))
}

const ALL_CALLER_KINDS = CALLER_KINDS.map((_, index) => index)

const piece = (index: number) => Prisma.raw(`piece_${index}`)

/** Where a piece of evidence is counted: a rollup, its inbox, which of their rows, and what of a row. */
type Source = {
  rollup: string
  inbox: string
  ofRollup: Prisma.Sql
  ofInbox: Prisma.Sql
  proofs: readonly Prisma.Sql[]
}

/** Per bucket the least of the proofs' sums, where all of them are above zero. */
function sumsOf({ rollup, inbox, ofRollup, ofInbox, proofs }: Source, granularity: Granularity): Prisma.Sql {
  const columns = Prisma.join(
    proofs.map((proof, index) => Prisma.sql`(${proof}) AS ${Prisma.raw(`proof_${index}`)}`),
  )
  const least = Prisma.sql`least(${Prisma.join(proofs.map((_, index) => Prisma.raw(`sum(proof_${index})`)))})`
  return Prisma.sql`
    SELECT date_bin(${Prisma.raw(`'1 ${granularity}'`)}, bucket, 'epoch') AS bucket, ${least} AS at_most
    FROM (
      SELECT bucket, ${columns} FROM part JOIN ${Prisma.raw(rollup)} ON bucket >= starts AND bucket < ends
      WHERE ${ofRollup}
      UNION ALL
      SELECT bucket, ${columns} FROM ${Prisma.raw(inbox)}
      WHERE ${ofInbox} AND EXISTS (SELECT FROM part WHERE bucket >= starts AND bucket < ends)
    ) AS source
    GROUP BY 1 HAVING ${least} > 0`
}

function sourceOf(evidence: Evidence, granularity: Granularity): Source {
  switch (evidence.of) {
    case 'usage': {
      const ofOperation = operationIn(evidence.operation === null ? 'all' : [evidence.operation])
      const rows = Prisma.sql`subject = ${Prisma.raw(`'${evidence.subject}'`)} AND key_id = ANY(${[...evidence.keyIds]}::int[]) ${ofOperation}`
      return {
        rollup: `usage_${granularity}`,
        inbox: 'usage_inbox',
        ofRollup: rows,
        ofInbox: rows,
        proofs: evidence.proofs.map((proof) => USAGE_PROOFS[proof]),
      }
    }
    case 'attempts':
      return {
        ...attemptRows(evidence.scope, granularity),
        inbox: 'endpoint_inbox',
        proofs: evidence.proofs.map(attemptProof),
      }
    case 'tool': {
      const rows = Prisma.sql`tool_id = ANY(${[...evidence.toolIds]}::int[])`
      return {
        rollup: `tool_${granularity}`,
        inbox: 'tool_inbox',
        ofRollup: rows,
        ofInbox: rows,
        proofs: evidence.proofs.map(toolProof),
      }
    }
  }
}

const USAGE_PROOFS = {
  requests: Prisma.sql`requests`,
  ok: Prisma.sql`requests_ok`,
  error: Prisma.sql`requests - requests_ok`,
  agentic: Prisma.sql`agentic_requests`,
  human: Prisma.sql`human_requests`,
  unknown: Prisma.sql`requests - agentic_requests - human_requests`,
} satisfies Record<UsageProof, Prisma.Sql>

/** Providers have rollups of their own from the hour upwards: far fewer rows than their endpoints. */
function attemptRows(
  scope: AttemptScope,
  granularity: Granularity,
): Pick<Source, 'rollup' | 'ofRollup' | 'ofInbox'> {
  const ofEndpoints = scope.by === 'any' ? Prisma.sql`true` : endpointIn(scope.endpointIds)
  if (granularity === 'minute' || scope.by === 'endpoint') {
    return { rollup: `endpoint_${granularity}`, ofRollup: ofEndpoints, ofInbox: ofEndpoints }
  }
  return {
    rollup: `provider_${granularity}`,
    ofRollup:
      scope.by === 'any' ? Prisma.sql`true` : Prisma.sql`provider_id = ANY(${[...scope.providerIds]}::int[])`,
    ofInbox: ofEndpoints,
  }
}

function endpointIn(endpointIds: readonly number[]): Prisma.Sql {
  return Prisma.sql`endpoint_id = ANY(${[...endpointIds]}::int[])`
}

function attemptProof(proof: AttemptProof): Prisma.Sql {
  switch (proof) {
    case 'attempts':
      return Prisma.sql`attempts`
    case 'failed':
      return Prisma.sql`attempts - ok`
    case 'bad':
    case 'valid':
    case 'invalid_json':
    case 'unknown_name':
    case 'schema_mismatch':
    case 'unknown':
      return toolProof(proof)
    default:
      // The columns are named after the error classes.
      return Prisma.raw(`"${proof}"`)
  }
}

function toolProof(proof: ToolProof): Prisma.Sql {
  if (proof === 'bad') return Prisma.raw(BAD_VERDICTS.map((verdict) => `calls_${verdict}`).join(' + '))
  if (proof === 'called') {
    return Prisma.raw(TOOL_VERDICTS.map((verdict) => `calls_${verdict}`).join(' + '))
  }
  return Prisma.raw(`calls_${proof}`)
}
