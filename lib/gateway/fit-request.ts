import { AppError } from '../platform/errors'
import { stringifyWire } from '../platform/wire-json'
import { shapeNamed } from '../shapes/registry'
import type { ToolRestorer } from '../shapes/restore-tools'
import { applyEdits } from '../shapes/rules/apply-edits'
import { describeEdit, keyOfEdit } from '../shapes/rules/describe-edit'
import { mendRefusal, refusesParameter } from '../shapes/rules/mend-refusal'
import type { Edit, LearnedEdit } from '../shapes/rules/schema'
import type { Connection } from './candidate'
import type { GatewayRequest } from './read-request'
import { upstreamRequest } from './upstream-body'

/** A request as an endpoint is sent it. */
export type FittedRequest = {
  /** JSON. */
  text: string
  /** How it was changed for this endpoint, in words. */
  amendments: string[]
  /** The client's names of tools by the endpoint's; null = they are the same. */
  toolNames: ReadonlyMap<string, string> | null
}

/** An error answer: its status and the beginning of its body. */
export type RefusalAnswer = { status: number; text: string }

/** One request on its way to one endpoint. */
export type RequestFitting = {
  request: FittedRequest
  /** The request anew after such an answer; null when it cannot be mended, or was mended so already. */
  mend: (answer: RefusalAnswer) => FittedRequest | null
  /** Whether an answer refuses parameters, so that another endpoint may well take the request. */
  refusesParameter: (answer: RefusalAnswer) => boolean
  /** Gives the client its own tools back where the endpoint's shape has no word for them; null = they are the same. */
  restorer: ToolRestorer | null
  /** What the refusals taught so far, to be kept when the endpoint took the request in the end. */
  lessons: LearnedEdit[]
}

/** Providers name one parameter at a time; more refusals than these are not about parameters. */
const MAX_MENDS = 4

/**
 * The request for one endpoint: in its shape, within the limits of its vendor, and with what it taught before
 * (`lessons`). What a client forbade with `provider.require_parameters` is not left out. Throws `bad_request` for a body
 * that nests deeper than can be written, which JSON can say in few bytes.
 */
export function fitRequest(
  asked: Pick<GatewayRequest, 'shape' | 'body' | 'isStream' | 'preferences'>,
  connection: Pick<Connection, 'apiShape' | 'upstreamModel' | 'edits'>,
  { textSoFar, lessons, nowMs }: { textSoFar: string | null; lessons: readonly LearnedEdit[]; nowMs: number },
): RequestFitting {
  const wire = shapeNamed(connection.apiShape).wireRules
  const own = new Set(wire.ownParameters)
  const mayDrop = (parameter: string) =>
    asked.preferences.require_parameters !== true || (own.has(parameter) && !(parameter in asked.body))
  const {
    body: written,
    leftOutTools,
    restorer,
  } = withinDepth(() => upstreamRequest(asked, connection, textSoFar))
  const leftOut = leftOutTools.map((kind) => `${kind} left out: this provider does not have it`)
  const known = lessons.map(({ edit }) => edit)
  let sent = written

  const fitWith = (learned: readonly LearnedEdit[]): FittedRequest => {
    const edits: Edit[] = [...connection.edits, ...known, ...learned.map(({ edit }) => edit)]
    const { body, made, toolNames } = applyEdits(written, edits, { wire, mayDrop })
    sent = body
    const saidOf = (edit: Edit) => learned.find((lesson) => lesson.edit === edit)?.said
    return {
      text: withinDepth(() => stringifyWire(body)),
      amendments: [...leftOut, ...made.map((edit) => describeAmendment(edit, saidOf(edit)))],
      toolNames,
    }
  }

  const fitting: RequestFitting = {
    request: fitWith([]),
    mend(answer) {
      const mended = mendRefusal({ ...answer, body: sent, wire, mayDrop })
      const tried = new Set(fitting.lessons.map(({ edit }) => keyOfEdit(edit)))
      const fresh = mended.filter(({ edit }) => !tried.has(keyOfEdit(edit)))
      if (fresh.length === 0 || fitting.lessons.length >= MAX_MENDS) return null
      const before = fitting.request.text
      const learned = [...fitting.lessons, ...fresh.map((lesson) => ({ ...lesson, learnedAtMs: nowMs }))]
      const request = fitWith(learned)
      if (request.text === before) return null
      Object.assign(fitting, { request, lessons: learned })
      return request
    },
    refusesParameter: (answer) => refusesParameter(answer, sent),
    restorer,
    lessons: [],
  }
  return fitting
}

function describeAmendment(edit: Edit, said: string | undefined): string {
  return said === undefined ? describeEdit(edit) : `${describeEdit(edit)}, since it was refused: ${said}`
}

function withinDepth<T>(write: () => T): T {
  try {
    return write()
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new AppError('bad_request', 'The body nests too deeply to be sent on.', { cause })
  }
}
