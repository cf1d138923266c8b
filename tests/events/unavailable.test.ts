import { describe, expect, test } from 'vitest'
import { DatabaseAwayError, isUnavailable } from '@/lib/runtime/database-errors'

/** A database that cannot be asked is told from one that has answered, in whichever form it comes. */

const withCode = (code: string, message = 'something failed'): Error =>
  Object.assign(new Error(message), { code })
const adapted = (cause: object): Error =>
  Object.assign(new Error('DriverAdapterError'), { name: 'DriverAdapterError', cause })
const ofPrisma = (code: string, cause?: object): Error =>
  Object.assign(withCode(code), { meta: { driverAdapterError: cause && adapted(cause) } })

describe('away', () => {
  test.each([
    ['a socket that is refused', withCode('ECONNREFUSED')],
    ['several addresses that are refused', new AggregateError([], '')],
    ['a socket that is cut', withCode('ECONNRESET')],
    ['a name that is not known', withCode('ENOTFOUND')],
    ['a server that shuts down', withCode('57P01')],
    ['a server that starts', withCode('57P03')],
    ['a server that broke off', withCode('57P02')],
    ['a connection exception', withCode('08006')],
    ['no connection left', withCode('53300')],
    ['a full disk', withCode('53100')],
    ['a disk that fails', withCode('58030')],
    ['a read-only server', withCode('25006')],
    ['a password that was changed', withCode('28P01')],
    ['a role that may not log in', withCode('28000')],
    ['a database that is not there', withCode('3D000')],
    ['Prisma whose role may not log in', adapted({ kind: 'DatabaseAccessDenied' })],
    ['Prisma whose password was changed', adapted({ kind: 'AuthenticationFailed' })],
    ['files that are gone', withCode('58P01')],
    ['a directory that is gone', withCode('58P02')],
    ['too many open files', withCode('53000')],
    [
      'a table that is not there',
      ofPrisma('P2010', { kind: 'TableDoesNotExist', originalCode: '42P01' }),
    ],
    ['a table that its role may not use', ofPrisma('P2039', { kind: 'postgres', code: '42501' })],
    ['a connection that ended', new Error('Connection terminated unexpectedly')],
    ['an answer that did not come', new Error('Query read timeout')],
    ['no connection in time', new Error('timeout exceeded when trying to connect')],
    ['Prisma without a connection', withCode('P2024')],
    ['Prisma with an adapter that found nobody', adapted({ kind: 'DatabaseNotReachable' })],
    ['Prisma with a server that shuts down', ofPrisma('P2010', { originalCode: '57P01' })],
    ['what was undone for another’s sake: a deadlock', withCode('40P01')],
    ['what was undone for another’s sake: a serialization', withCode('40001')],
    ['a closed embedded database', new Error('PGlite is closed')],
    ['what is known already', new DatabaseAwayError('it is gone')],
    [
      'what another bundle knows already',
      Object.assign(new Error('gone'), { name: 'DatabaseAwayError' }),
    ],
    ['a cause of something else', new Error('not saved', { cause: withCode('ECONNRESET') })],
  ])('%s', (_, error) => {
    const told =
      error instanceof AggregateError ? Object.assign(error, { code: 'ECONNREFUSED' }) : error
    expect(isUnavailable(told)).toBe(true)
  })
})

describe('there', () => {
  test.each([
    ['a value that does not fit', withCode('22003')],
    ['a value that is there', ofPrisma('P2002', { originalCode: '23505' })],
    ['a fault of ours', new TypeError('undefined is not a function')],
    [
      'somebody else who is fetched from',
      new TypeError('fetch failed', { cause: withCode('ECONNREFUSED') }),
    ],
    ['nothing', undefined],
    ['a string', 'ECONNREFUSED'],
  ])('%s', (_, error) => {
    expect(isUnavailable(error)).toBe(false)
  })
})
