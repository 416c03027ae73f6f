const MARK = '__sgts_'

/**
 * The id of a call with Gemini's thought signature in it, which has to come back with the call: clients send ids back
 * whatever else they forget. `__sgts_` and the signature in base64url at the end, all of it letters, digits, `_` and
 * `-`. The id alone when there is no signature.
 */
export function callIdFor({ id, thoughtSignature }: { id: string; thoughtSignature: string | null }): string {
  return thoughtSignature === null ? id : id + MARK + Buffer.from(thoughtSignature).toString('base64url')
}

/** Takes such an id apart; an id of anybody else stays as it is. Reverses `callIdFor`. */
export function readCallId(id: string): { id: string; thoughtSignature: string | null } {
  const at = id.lastIndexOf(MARK)
  if (at === -1) return { id, thoughtSignature: null }
  const signature = Buffer.from(id.slice(at + MARK.length), 'base64url').toString('utf8')
  return { id: id.slice(0, at), thoughtSignature: signature }
}
