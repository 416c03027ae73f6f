import { isSealed, openReasoning, sealReasoning } from '../foreign-reasoning'
import type { ReasoningPart } from '../hub'

const SEPARATOR = ' '

/**
 * Reasoning of other providers as one thought signature. Signatures are bytes here: Google's SDKs for Go, Java and
 * Python decode and encode them, so the seals stand in base64, in which they survive that.
 */
export function sealSignature(parts: readonly ReasoningPart[]): string {
  return Buffer.from(parts.map(sealReasoning).join(SEPARATOR)).toString('base64')
}

/** The reasoning in such a signature; null when it is not one of ours. */
export function openSignature(signature: string): ReasoningPart[] | null {
  // The seals' mark in base64; a real signature is not decoded.
  if (!signature.startsWith('c2cxL')) return null
  const text = Buffer.from(signature, 'base64').toString('utf8')
  return isSealed(text) ? text.split(SEPARATOR).flatMap((seal) => openReasoning(seal) ?? []) : null
}
