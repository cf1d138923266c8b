import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { OperatorPage } from '@/components/admin/operators/operator-page'
import { readOperator } from '@/lib/admin/operators'
import { includesRole, requireOperator } from '@/lib/auth/session'
import { changeRole, disable, enable, passwordLink, withoutCodes } from '../actions'

export const metadata: Metadata = { title: 'Operator' }

type Props = { readonly params: Promise<{ readonly id: string }> }

export default async function PersonPage({ params }: Props) {
  const { id } = await params
  const operator = await requireOperator('viewer', `/admin/operators/${id}`)
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
      mayAudit={includesRole(operator.role, 'operator')}
      actions={includesRole(operator.role, 'admin') ? actions : undefined}
    />
  )
}
