import { describe, expect, test } from 'vitest'
import { AppError } from '@/lib/platform/errors'
import { formErrors } from './form-errors'

const fields = ['name', 'baseUrl']
const refused = new AppError('validation_failed', 'Some fields are not as expected.', {
  details: [
    { path: 'baseUrl', message: 'is a loopback address' },
    { path: 'slug', message: 'is taken' },
  ],
})

describe('formErrors', () => {
  test('puts each complaint beside its field, and those of no field on top', () => {
    const { messageFor, general } = formErrors({ found: [], error: refused, fields })
    expect(messageFor('baseUrl')).toBe('is a loopback address')
    expect(messageFor('name')).toBeUndefined()
    expect(general).toBe('slug: is taken')
  })

  test('what the form found goes before an older answer', () => {
    const found = [{ path: 'name', message: 'give the provider a name' }]
    const { messageFor, general } = formErrors({ found, error: refused, fields })
    expect(messageFor('name')).toBe('give the provider a name')
    expect(messageFor('baseUrl')).toBeUndefined()
    expect(general).toBeNull()
  })

  test('an error without details is told for the whole form', () => {
    const error = new AppError('not_found', 'There is no provider helios.')
    expect(formErrors({ found: [], error, fields }).general).toBe('There is no provider helios.')
    expect(formErrors({ found: [], error: new Error('TypeError: x'), fields }).general).not.toContain(
      'TypeError',
    )
  })

  test('says nothing where nothing is wrong', () => {
    expect(formErrors({ found: [], error: null, fields }).general).toBeNull()
  })
})
