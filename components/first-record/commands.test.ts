import { expect, test } from 'vitest'
import { ingestCommand } from './commands'

test('the pasted body is one JSON record once the shell has filled in the time', () => {
  const body = ingestCommand('http://127.0.0.1:3000')
    .split('<<EOF\n')[1]
    ?.replace('\nEOF', '')
    .replace(/\$\(date[^)]*\)/, '2026-11-20T10:00:00Z')
  expect(JSON.parse(body ?? '')).toMatchObject({
    startedAt: '2026-11-20T10:00:00Z',
    model: 'acme/atlas-120b',
  })
})
