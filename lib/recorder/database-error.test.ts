import { describe, expect, it } from 'vitest'
import { isUniqueViolation, isWorthRetrying } from './database-error'

function withCode(code: unknown): Error {
  return Object.assign(new Error('said by Postgres or the network'), { code })
}

describe('isWorthRetrying', () => {
  it.each([
    ['a deadlock', withCode('40P01'), true],
    ['a serialization failure', withCode('40001'), true],
    ['a partition that retention dropped', withCode('23514'), true],
    ['a server that stops', withCode('57P01'), true],
    ['a server that starts', withCode('57P03'), true],
    ['too many connections', withCode('53300'), true],
    ['a lost connection', withCode('08006'), true],
    ['a refused connection', withCode('ECONNREFUSED'), true],
    ['a connection that ended without a code', new Error('Connection terminated unexpectedly'), true],
    ['a value out of range', withCode('22003'), false],
    ['a column that is missing', withCode('42703'), false],
    ['a row that is there already', withCode('23505'), false],
    ['a full disk', withCode('53100'), false],
    ['a mistake of ours', new TypeError('not a function'), false],
    ['a number out of bounds', new RangeError('Invalid array length'), false],
  ])('judges %s', (_, error, isWorth) => {
    expect(isWorthRetrying(error)).toBe(isWorth)
  })
})

describe('isUniqueViolation', () => {
  it.each([
    [withCode('23505'), true],
    [withCode('23514'), false],
    [withCode(23505), false],
    [new Error('duplicate key'), false],
    ['23505', false],
  ])('of %s is %s', (error, isViolation) => {
    expect(isUniqueViolation(error)).toBe(isViolation)
  })
})
