import type { Metadata } from 'next'
import { PasswordCard } from '@/components/account/password-card'
import { ProfileCard } from '@/components/account/profile-card'
import { SessionsCard } from '@/components/account/sessions-card'
import { TwoStepCard } from '@/components/account/two-step-card'
import { PageHeader } from '@/components/kit/page-header'
import { listPasskeys } from '@/lib/admin/account/passkeys'
import { readProfile } from '@/lib/admin/account/profile'
import { readProofAsked } from '@/lib/admin/account/proof-fault'
import { listOwnSessions } from '@/lib/admin/account/sessions'
import { readTwoStep } from '@/lib/admin/account/two-step'
import { changePassword, endOthers, endSession, rename } from './actions'
import { add, beginMaking, remove, renameOne } from './passkey-actions'
import { Passkeys } from './passkeys'
import { begin, confirm, renew, switchOff } from './two-step-actions'

export const metadata: Metadata = { title: 'Your account' }

export default async function AccountPage() {
  const [profile, sessions, twoStep, passkeys, asked] = await Promise.all([
    readProfile(),
    listOwnSessions(),
    readTwoStep(),
    listPasskeys(),
    readProofAsked(),
  ])
  return (
    <div className="mx-auto grid w-full max-w-3xl grid-cols-[minmax(0,1fr)] gap-5">
      <PageHeader
        title="Your account"
        description="How you sign in to this server, and where you are signed in."
      />
      <ProfileCard profile={profile} rename={rename} />
      <PasswordCard hasPassword={profile.hasPassword} change={changePassword} />
      <TwoStepCard twoStep={twoStep} asked={asked} actions={{ begin, confirm, renew, switchOff }} />
      <Passkeys
        passkeys={passkeys}
        asked={asked}
        actions={{ begin: beginMaking, add, rename: renameOne, remove }}
      />
      <SessionsCard sessions={sessions} actions={{ end: endSession, endOthers }} />
    </div>
  )
}
