import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { OperatorPage } from '@/components/admin/operators/operator-page'
import { listAudit } from '@/lib/admin/audit/audit'
import { readOperator } from '@/lib/admin/people/people'
import { permitted } from '@/lib/auth/declared'
import { changeRole, disable, enable, passwordLink, withoutCodes } from '../actions'

export const metadata: Metadata = { title: 'Operator' }

type Props = { readonly params: Promise<{ readonly id: string }> }

export default async function PersonPage({ params }: Props) {
  const { id } = await params
  const person = await readOperator(id)
  if (!person) notFound()
  const actions = {
    changeRole,
    makePasswordLink: passwordLink,
    switchOffCodes: withoutCodes,
    disable,
    enable,
  }
  return (
    <OperatorPage
      person={person}
      mayAudit={(await permitted({ listAudit })) !== undefined}
      actions={await permitted(actions)}
    />
  )
}
