'use client'
import { useEffect, useState } from 'react'
import type { ClientRow } from '@/lib/admin/clients/clients'
import type { Consequences } from '@/lib/store/clients/consequences'
import type { ClientActions } from './client-actions'

const counted = (number: number, one: string, several = `${one}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : several}`

function wordsOf({ connections, people, tokens }: Consequences): string {
  if (connections === 0 && tokens === 0) return 'nothing: nobody has a connection with it'
  const owners = counted(people, 'person', 'people')
  return `${counted(connections, 'connection')} of ${owners}, with ${counted(tokens, 'live token')}`
}

type AffectedCountProps = Pick<ClientActions, 'consequences'> & {
  readonly client: Pick<ClientRow, 'id'>
  /** what happens to them, such as "ends with it" */
  readonly what: string
}

/** How many connections, users and tokens are affected, counted on opening. */
export function AffectedCount({ client, consequences, what }: AffectedCountProps) {
  const [data, setData] = useState<Consequences | 'unknown' | null>(null)
  const { id } = client
  useEffect(() => {
    let isOpen = true
    consequences(id).then(
      (answer) => isOpen && setData(answer),
      () => isOpen && setData('unknown'),
    )
    return () => {
      isOpen = false
    }
  }, [id, consequences])
  const words =
    data === null ? 'counting…' : data === 'unknown' ? 'it could not be counted' : wordsOf(data)
  return (
    <p aria-live="polite">
      What {what}: <strong className="font-medium text-ink">{words}</strong>.
    </p>
  )
}
