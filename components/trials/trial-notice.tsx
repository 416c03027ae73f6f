import { TriangleAlert } from 'lucide-react'
import { Notice } from '@/components/ui/notice'
import type { Trial } from '@/lib/trials/schema'

/** Why a trial did not run to its end; nothing when it did or still does. */
export function TrialNotice({ trial: { status, problem, origin } }: { trial: Trial }) {
  switch (status) {
    case 'failed':
      return (
        <Notice tone="negative" icon={<TriangleAlert />} role="alert">
          {problem ?? 'The trial could not go on.'}
        </Notice>
      )
    case 'lost':
      return (
        <Notice tone="warning" icon={<TriangleAlert />} role="status">
          {origin === 'command'
            ? 'The command went away without saying how the trial ended. What it reported is below.'
            : 'The server that ran this trial went away. What it had kept is below.'}
        </Notice>
      )
    case 'stopped':
      return problem === null ? null : <Notice tone="neutral">{problem}</Notice>
    case 'running':
    case 'finished':
      return null
  }
}
