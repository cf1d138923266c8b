import type { ReactNode } from 'react'

/** What a guide needs to know about this server. */
export type GuideProps = {
  readonly mcpUrl: string
  /** the server's name as an identifier */
  readonly slug: string
}

type GuidePartsProps = {
  /** the {@link GuideStep}s */
  readonly children: ReactNode
  readonly picture: ReactNode
  /** what else there is to know */
  readonly note?: ReactNode
}

/** A client's steps, beside a picture of where to do them. */
export function Guide({ children, picture, note }: GuidePartsProps) {
  return (
    <div className="grid items-start gap-5 md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] xl:grid-cols-1 2xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="grid min-w-0 gap-4">
        <ol className="grid list-decimal gap-2.5 pl-4.5 text-sm marker:text-muted">{children}</ol>
        {note ? <div className="text-pretty text-muted text-sm">{note}</div> : null}
      </div>
      {picture}
    </div>
  )
}

/** One step of a guide. */
export function GuideStep({ children }: { children: ReactNode }) {
  return <li className="min-w-0 text-pretty pl-1">{children}</li>
}

/** The name of an element on screen. */
export function Named({ children }: { children: ReactNode }) {
  return <strong className="font-medium">{children}</strong>
}
