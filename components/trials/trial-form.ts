import type { FieldError } from '@/lib/platform/errors'
import { TRIAL_DEFAULTS, TRIAL_LIMITS } from '@/lib/trials/limits'
import type { TrialOptions } from '@/lib/trials/schema'

/** The form as it is typed. */
export type TrialForm = { calls: string; concurrency: string; seconds: string; stream: boolean }

export const NEW_TRIAL_FORM: TrialForm = {
  calls: String(TRIAL_DEFAULTS.calls),
  concurrency: String(TRIAL_DEFAULTS.concurrency),
  seconds: String(TRIAL_DEFAULTS.seconds),
  stream: false,
}

const NUMBERS = ['calls', 'concurrency', 'seconds'] as const

/** The form as a trial's options, or what is wrong with each field; the bounds are the API's. */
export function readTrialForm({
  preset,
  form,
}: {
  preset: string
  form: TrialForm
}): { options: TrialOptions; errors: null } | { options: null; errors: FieldError[] } {
  const errors: FieldError[] = NUMBERS.flatMap((path) => {
    const most = TRIAL_LIMITS[path]
    const value = wholeNumber(form[path])
    return value >= 1 && value <= most ? [] : [{ path, message: `a whole number from 1 to ${most}` }]
  })
  if (preset === '') errors.push({ path: 'preset', message: 'choose a preset' })
  if (errors.length > 0) return { options: null, errors }
  const [calls, concurrency, seconds] = NUMBERS.map((name) => wholeNumber(form[name]))
  return {
    options: {
      preset,
      calls: calls ?? TRIAL_DEFAULTS.calls,
      concurrency: concurrency ?? TRIAL_DEFAULTS.concurrency,
      seconds: seconds ?? TRIAL_DEFAULTS.seconds,
      stream: form.stream,
      seed: TRIAL_DEFAULTS.seed,
    },
    errors: null,
  }
}

/** The command that does the same from a terminal. */
export function trialCommand({ origin, options }: { origin: string; options: TrialOptions }): string {
  const { preset, calls, concurrency, seconds, stream, seed } = options
  const numbers = `--calls ${calls} --concurrency ${concurrency} --seconds ${seconds}`
  const more = `${stream ? ' --stream' : ''}${seed === TRIAL_DEFAULTS.seed ? '' : ` --seed ${seed}`}`
  return [
    `SIGHTGLASS_URL=${origin} SIGHTGLASS_API_KEY=…`,
    `npm run trial -- --preset ${preset}`,
    `${numbers}${more}`,
  ].join(' \\\n  ')
}

function wholeNumber(text: string): number {
  return /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : Number.NaN
}
