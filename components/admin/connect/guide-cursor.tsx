import { Snippet } from '@/components/kit/copyable'
import { Guide, type GuideProps, GuideStep, Named } from './guide'
import { Picture, PictureButton, PictureLines } from './picture'

/** Cursor, through its configuration file. */
export function CursorGuide({ mcpUrl, slug }: GuideProps) {
  const file = JSON.stringify({ mcpServers: { [slug]: { url: mcpUrl } } }, null, 2)
  return (
    <Guide
      picture={
        <Picture
          title="Cursor, Tools & MCP"
          label={`Drawing of Cursor: the file mcp.json with this server, and below it the list of servers with a button Connect beside ${slug}.`}
        >
          <PictureLines lines={['mcp.json', '{ "mcpServers": {', `    "${slug}": …`]} step={1} />
          <PictureButton label={`${slug}: Connect`} step={2} />
        </Picture>
      }
    >
      <GuideStep>
        Put this into <code className="font-mono text-xs">~/.cursor/mcp.json</code>, or into{' '}
        <code className="font-mono text-xs">.cursor/mcp.json</code> of one project:
        <Snippet code={file} what="mcp.json for Cursor" />
      </GuideStep>
      <GuideStep>
        Open <Named>Cursor Settings</Named>, then <Named>Tools &amp; MCP</Named>, and press{' '}
        <Named>Connect</Named> beside {slug}.
      </GuideStep>
      <GuideStep>Allow it in the browser that opens.</GuideStep>
    </Guide>
  )
}
