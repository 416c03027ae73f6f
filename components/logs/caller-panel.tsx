import { Definition } from '@/components/definitions/definition'
import { Panel } from '@/components/ui/panel'
import type { RequestDetail } from '@/lib/analytics/logs/schema'
import { describeCallerReason } from '@/lib/records/describe-caller-reason'

/** Why the request counts as driven by an agent, a person, or nobody knows whom. */
export function CallerPanel({ request }: { request: RequestDetail }) {
  const { question, sentence } = describeCallerReason(request)
  return (
    <Panel title={question} info={<Definition of="agenticShare" />}>
      <p className="px-4 pb-4 text-sm sm:px-5">{sentence}</p>
    </Panel>
  )
}
