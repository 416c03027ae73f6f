import { describe, expect, test } from 'vitest'
import { parseTrialCommand } from './command-line'

const DEFAULTS = { preset: 'tool-runner', calls: 213, concurrency: 8, seconds: 30, stream: false, seed: 1 }

describe('what is said is done, the rest is as documented', () => {
  test.each([
    [['--preset', 'tool-runner'], DEFAULTS],
    [['--preset', '@preset/tool-runner'], DEFAULTS],
    [
      [
        '--preset',
        'tool-runner',
        '--calls',
        '5',
        '--concurrency',
        '2',
        '--seconds',
        '9',
        '--stream',
        '--seed',
        '0',
      ],
      { ...DEFAULTS, calls: 5, concurrency: 2, seconds: 9, stream: true, seed: 0 },
    ],
  ])('%j', (argv, options) => {
    expect(parseTrialCommand(argv)).toEqual({ options, isJson: false, url: null })
  })

  test('with an address and JSON', () => {
    const argv = ['--preset', 'tool-runner', '--json', '--url', 'https://llm.example.com/sightglass']
    expect(parseTrialCommand(argv)).toMatchObject({ isJson: true, url: 'https://llm.example.com/sightglass' })
  })
})

describe('what cannot be done is said in one line', () => {
  test.each([
    [[], /which preset/],
    [['--preset', 'Tool Runner'], /^--preset Tool Runner: expected lower-case letters/],
    [['--preset', 'a', '--calls', '0'], '--calls 0: expected 1 to 5000.'],
    [['--preset', 'a', '--calls', '6000'], '--calls 6000: expected 1 to 5000.'],
    [['--preset', 'a', '--concurrency', '65'], '--concurrency 65: expected 1 to 64.'],
    [['--preset', 'a', '--seconds', 'ten'], '--seconds ten: expected a whole number from 1 to 600.'],
    [['--preset', 'a', '--seed', '-1'], /--seed/],
    [['--preset', 'a', '--url', 'localhost'], /^--url localhost: expected an address/],
    [['--preset', 'a', '--loud'], /--loud/],
    [['--preset', 'a', 'b'], /b/],
  ])('%j', (argv, message) => {
    expect(() => parseTrialCommand(argv)).toThrow(message)
  })
})

test('help is help, whatever else is wrong', () => {
  expect(parseTrialCommand(['--help'])).toBe('help')
})
