import { parseArgs } from 'node:util'
import { AppError } from '../platform/errors'
import { TRIAL_DEFAULTS, TRIAL_LIMITS } from './limits'
import { type TrialOptions, trialOptions } from './schema'

export type TrialCommand = { options: TrialOptions; isJson: boolean; url: string | null }

/** The text of `--help`. */
export const TRIAL_HELP = `Sends real tool-calling requests through a preset and shows what comes back.

  npm run trial -- --preset tool-runner [--calls ${TRIAL_DEFAULTS.calls}] [--concurrency ${TRIAL_DEFAULTS.concurrency}] [--seconds ${TRIAL_DEFAULTS.seconds}] [options]

  --preset SLUG     the preset to try; required
  --calls N         requests to send, 1 to ${TRIAL_LIMITS.calls} (default ${TRIAL_DEFAULTS.calls})
  --concurrency N   requests at a time, 1 to ${TRIAL_LIMITS.concurrency} (default ${TRIAL_DEFAULTS.concurrency})
  --seconds N       no request starts later than this, 1 to ${TRIAL_LIMITS.seconds} (default ${TRIAL_DEFAULTS.seconds})
  --stream          ask for streamed answers
  --seed N          the same seed sends the same requests (default ${TRIAL_DEFAULTS.seed})
  --json            print the finished trial as one line of JSON
  --url URL         the server (default SIGHTGLASS_URL, else http://127.0.0.1:$PORT)

  The API key comes from SIGHTGLASS_API_KEY and needs the scope gateway. Ctrl-C stops the trial.
  Exit code: 0 = the trial ran, whatever came back, 1 = it could not run.
`

const WHOLE_NUMBERS = ['calls', 'concurrency', 'seconds', 'seed'] as const

/** The command line as a command, or `help`. Throws `bad_request` with one line that says what to change. */
export function parseTrialCommand(argv: string[]): TrialCommand | 'help' {
  const values = readArguments(argv)
  if (values.help) return 'help'
  if (values.preset === undefined) {
    throw new AppError('bad_request', 'Say which preset to try: npm run trial -- --preset tool-runner')
  }
  const numbers = WHOLE_NUMBERS.flatMap((name) => {
    const text = values[name]
    return text === undefined ? [] : [[name, /^\d+$/.test(text) ? Number(text) : text]]
  })
  const parsed = trialOptions.safeParse({
    preset: values.preset.replace(/^@preset\//, ''),
    stream: values.stream ?? false,
    ...Object.fromEntries(numbers),
  })
  if (parsed.success) return { options: parsed.data, isJson: values.json ?? false, url: readUrl(values.url) }
  const [issue] = parsed.error.issues
  const name = String(issue?.path[0] ?? '')
  const given = Object.entries(values).find(([option]) => option === name)?.[1]
  throw new AppError('bad_request', `--${name} ${given}: ${issue?.message}.`)
}

function readArguments(argv: string[]) {
  try {
    const { values } = parseArgs({
      args: argv,
      options: {
        preset: { type: 'string' },
        calls: { type: 'string' },
        concurrency: { type: 'string' },
        seconds: { type: 'string' },
        seed: { type: 'string' },
        stream: { type: 'boolean' },
        json: { type: 'boolean' },
        url: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    return values
  } catch (cause) {
    throw new AppError('bad_request', cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

function readUrl(text: string | undefined): string | null {
  if (text === undefined) return null
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text
  throw new AppError('bad_request', `--url ${text}: expected an address such as http://127.0.0.1:3000.`)
}
