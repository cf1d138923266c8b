import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { OwnConnection } from '@/components/connections/own-connection'
import { listOwnHistory, readOwnConnection } from '@/lib/admin/account/connections'
import { pageQuery, type SearchParams } from '../../admin/query'
import { pause, rename, resume } from '../actions'

export const metadata: Metadata = { title: 'Your connection' }

const notices: Readonly<Record<string, string>> = {
  paused: 'It is paused: its tokens are refused, and kept until you resume it.',
  resumed: 'It is resumed: its tokens work again.',
  renamed: 'It is renamed.',
  revoked: 'It is revoked: its tokens do not work any more.',
}

type Props = { readonly params: Promise<{ id: string }>; readonly searchParams: SearchParams }

export default async function OwnConnectionPage({ params, searchParams }: Props) {
  const { id } = await params
  const [{ cursor }, { done }] = await Promise.all([pageQuery(searchParams), searchParams])
  const connection = await readOwnConnection(id)
  const history = connection && (await listOwnHistory(id, cursor))
  if (!connection || !history) notFound()
  const notice = typeof done === 'string' && Object.hasOwn(notices, done) ? notices[done] : null
  return (
    <OwnConnection
      connection={connection}
      history={history}
      cursor={cursor}
      notice={notice ?? null}
      forms={{ pause, rename, resume }}
    />
  )
}
