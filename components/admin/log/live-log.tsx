'use client'
import { Pause, Play } from 'lucide-react'
import { type ReactNode, startTransition, useCallback, useState } from 'react'
import { LiveIndicator } from '@/components/kit/live-indicator'
import { PageHeader } from '@/components/kit/page-header'
import { useLogStream } from '@/components/kit/use-log-stream'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Kbd } from '@/components/ui/kbd'
import type { EventRow } from '@/lib/admin/views'
import { LogList } from './log-list'
import { useAway } from './use-away'
import { useLogKeys } from './use-log-keys'
import { useLogRows } from './use-log-rows'
import { WaitingPill } from './waiting-pill'

type LiveLogProps = {
  /** changes with each server response: other filters, or newer events */
  readonly revision: string
  readonly path: string
  readonly rows: readonly EventRow[]
  /** where to follow from; null on a page of older events, which is static */
  readonly stream: { readonly href: string; readonly cursor: string } | null
  readonly toolbar: ReactNode
  /** shown while there are no events */
  readonly empty: ReactNode
  /** links to older events */
  readonly older: ReactNode
  /** shown instead once older rows were dropped */
  readonly olderTrimmed: ReactNode
}

type PauseButtonProps = { paused: boolean; waiting: number; onToggle: () => void }

function PauseButton({ paused, waiting, onToggle }: PauseButtonProps) {
  const Icon = paused ? Play : Pause
  return (
    <Button onClick={onToggle} variant={paused ? 'primary' : 'secondary'}>
      <Icon aria-hidden />
      {paused ? 'Resume' : 'Pause'}
      {paused && waiting > 0 ? <span className="tabular-nums">({waiting} waiting)</span> : null}
      <Kbd aria-hidden className="ml-1 max-md:hidden">
        Space
      </Kbd>
    </Button>
  )
}

/** The rows, the open one, and whether the log follows; resets with each server response. */
function useLiveLog({
  revision,
  rows,
  stream,
}: Pick<LiveLogProps, 'revision' | 'rows' | 'stream'>) {
  const log = useLogRows(rows)
  const top = useAway()
  const [paused, setPaused] = useState(false)
  const [openId, setOpenId] = useState<string | null>(null)
  const [shown, setShown] = useState(revision)
  if (shown !== revision) {
    setShown(revision)
    setOpenId(null)
    log.replace(rows)
  }
  const hold = paused || top.away || openId !== null
  const state = useLogStream(
    stream,
    // typing and scrolling take priority when many events arrive
    (arrived) => startTransition(() => log.arrive(arrived, hold)),
    (again) => startTransition(() => log.recount(again)),
  )
  const onToggle = useCallback((id: string) => setOpenId((open) => (open === id ? null : id)), [])
  const show = () => {
    log.release()
    window.scrollTo({ top: 0 })
  }
  const togglePause = () => {
    if (stream === null) return
    if (paused) log.release()
    setPaused(!paused)
  }
  useLogKeys(togglePause)
  return { log, top, paused, openId, state, onToggle, show, togglePause }
}

/** The live log: new events on top, held while paused, scrolled away or reading an open one. */
export function LiveLog(props: LiveLogProps) {
  const { path, stream, toolbar, empty } = props
  const { log, top, paused, openId, state, onToggle, show, togglePause } = useLiveLog(props)
  const pause = <PauseButton paused={paused} waiting={log.waiting.length} onToggle={togglePause} />
  return (
    <>
      <PageHeader
        title={<>Live log {stream ? <LiveIndicator state={state} paused={paused} /> : null}</>}
        description="Every step of every handshake, as it happens. Open an event to see all that is known of it."
        actions={stream ? pause : null}
      />
      {toolbar}
      {paused ? null : <WaitingPill count={log.waiting.length} onShow={show} />}
      <Card className="relative">
        <div ref={top.ref} className="pointer-events-none absolute -top-5 h-10 w-px" />
        {log.rows.length === 0 ? (
          empty
        ) : (
          <LogList
            rows={log.rows}
            path={path}
            openId={openId}
            fresh={log.fresh}
            onToggle={onToggle}
          />
        )}
      </Card>
      {log.trimmed ? props.olderTrimmed : props.older}
    </>
  )
}
