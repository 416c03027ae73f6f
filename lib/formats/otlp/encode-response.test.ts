import { describe, expect, test } from 'vitest'
import { otlpStatus, otlpSuccess } from './encode-response'
import { decodeAnswer } from './otlp-json.fixture'

const textOf = (body: Uint8Array) => new TextDecoder().decode(body)
const rejection = { rejectedSpans: 2, errorMessage: 'Span 0: The span has no start time.' }

describe('otlpSuccess', () => {
  test('leaves partial_success unset when all was accepted', () => {
    const all = { rejectedSpans: 0, errorMessage: null }
    const json = otlpSuccess({ encoding: 'json', ...all })
    expect(json.contentType).toBe('application/json')
    expect(textOf(json.body)).toBe('{}')
    const protobuf = otlpSuccess({ encoding: 'protobuf', ...all })
    expect(protobuf.contentType).toBe('application/x-protobuf')
    expect(protobuf.body).toHaveLength(0)
  })

  test('says how many spans were rejected and why', () => {
    const { body } = otlpSuccess({ encoding: 'json', ...rejection })
    expect(JSON.parse(textOf(body))).toEqual({ partialSuccess: rejection })
    expect(decodeAnswer('Response', otlpSuccess({ encoding: 'protobuf', ...rejection }).body)).toEqual({
      partialSuccess: rejection,
    })
  })

  test('can warn without rejecting', () => {
    const warning = { rejectedSpans: 0, errorMessage: 'Look here.' }
    expect(JSON.parse(textOf(otlpSuccess({ encoding: 'json', ...warning }).body))).toEqual({
      partialSuccess: warning,
    })
  })
})

describe('otlpStatus', () => {
  test.each([
    ['bad_request', 3],
    ['unauthorized', 16],
    ['payload_too_large', 8],
    ['unavailable', 14],
  ] as const)('%s is google.rpc.Code %i in both encodings', (code, rpcCode) => {
    const expected = { code: rpcCode, message: 'No – sorry.' }
    const input = { code, message: expected.message }
    expect(JSON.parse(textOf(otlpStatus({ encoding: 'json', ...input }).body))).toEqual(expected)
    expect(decodeAnswer('RpcStatus', otlpStatus({ encoding: 'protobuf', ...input }).body)).toEqual(expected)
  })
})
