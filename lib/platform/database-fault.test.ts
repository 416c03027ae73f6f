import { describe, expect, test } from 'vitest'
import { isDatabaseAway } from './database-fault'
import { AppError } from './errors'

const coded = (code: string, more: object = {}) => Object.assign(new Error('x'), { code, ...more })
const adapterError = (cause: object) => ({ driverAdapterError: { name: 'DriverAdapterError', cause } })

describe('isDatabaseAway', () => {
  test.each([
    ['nobody listens, by the driver', coded('ECONNREFUSED')],
    ['nobody listens, by Prisma', coded('P1001')],
    [
      'a raw query, whose code says nothing',
      coded('P2010', { meta: adapterError({ kind: 'DatabaseNotReachable' }) }),
    ],
    ['Postgres is starting, by the driver', coded('57P03')],
    [
      'Postgres is starting, by Prisma',
      coded('P2039', { meta: adapterError({ originalCode: '57P03', kind: 'postgres' }) }),
    ],
    ['an operator ended the connection', coded('57P01')],
    ['a statement took too long', coded('57014')],
    ['there are no connections left', coded('53300')],
    ['the disk is full', coded('53100')],
    ['the database takes no sessions', coded('55000', { severity: 'FATAL' })],
    ['the connection broke', new Error('Connection terminated unexpectedly')],
    ['no connection in time', new Error('timeout exceeded when trying to connect')],
    ['no answer in time', new Error('Query read timeout')],
    ['a cause of something else', new Error('the page failed', { cause: coded('ECONNRESET') })],
  ])('%s', (_, error) => {
    expect(isDatabaseAway(error)).toBe(true)
  })

  test.each([
    ['a bug', new TypeError('x is not a function')],
    ['a unique value twice, by Prisma', coded('P2002')],
    [
      'a raw query that is wrong',
      coded('P2010', { meta: adapterError({ originalCode: '42703', kind: 'postgres' }) }),
    ],
    ['a value out of range', coded('22003')],
    ['our own refusal', new AppError('not_found', 'There is no provider helios.')],
    ['a string', 'ECONNREFUSED'],
    ['nothing', null],
  ])('not %s', (_, error) => {
    expect(isDatabaseAway(error)).toBe(false)
  })

  test('ends on causes that go round', () => {
    const error = new Error('round')
    error.cause = error
    expect(isDatabaseAway(error)).toBe(false)
  })
})
