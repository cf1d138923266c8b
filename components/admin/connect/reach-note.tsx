import Link from 'next/link'
import { Callout } from '@/components/ui/callout'

/** Warns that a hosted client cannot reach this server, and says what to do. */
export function ReachNote({ mcpUrl }: { mcpUrl: string }) {
  const { host, protocol } = new URL(mcpUrl)
  return (
    <Callout tone="warn">
      <p className="font-medium">
        Claude on the web, the desktop and phones cannot reach this address.
      </p>
      <p>
        {protocol === 'https:'
          ? `${host} is not on the internet.`
          : `${host} is not a public https address.`}{' '}
        Clients on this machine, such as Claude Code, can use it. For the others, put the server
        behind a public https address, with a reverse proxy or a tunnel, set that as{' '}
        <code className="font-mono text-xs">PORTICO_URL</code>, and start the server again. Then run
        the{' '}
        <Link href="/admin/self-check" className="underline underline-offset-4">
          self-check
        </Link>
        .
      </p>
    </Callout>
  )
}
