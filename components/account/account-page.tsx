import { ROLES } from '@/components/settings/roles'
import { PageFrame } from '@/components/shell/page-frame'
import { PageHeader } from '@/components/shell/page-header'
import { Panel } from '@/components/ui/panel'
import type { Viewer } from '@/lib/access/schema'
import { ChangePasswordForm } from './change-password-form'

/** A person's own page, whatever their role. */
export function AccountPage({ viewer }: { viewer: Viewer }) {
  const { label, note } = ROLES[viewer.role]
  return (
    <PageFrame>
      <PageHeader title="Your account">
        Signed in as {viewer.email}. {label}: {note.charAt(0).toLowerCase() + note.slice(1)}.
      </PageHeader>
      <Panel title="Password" note="A new one signs you out everywhere else.">
        <ChangePasswordForm email={viewer.email} />
      </Panel>
    </PageFrame>
  )
}
