import { Snippet } from '@/components/kit/copyable'
import { Guide, type GuideProps, GuideStep, Named } from './guide'
import { Picture, PictureButton, PictureLines } from './picture'

/** Visual Studio Code, by command or configuration file. */
export function VscodeGuide({ mcpUrl, slug }: GuideProps) {
  const server = { type: 'http', url: mcpUrl }
  const command = `code --add-mcp '${JSON.stringify({ name: slug, ...server })}'`
  const file = JSON.stringify({ servers: { [slug]: server } }, null, 2)
  return (
    <Guide
      picture={
        <Picture
          title="VS Code"
          label={`Drawing of VS Code: the file mcp.json with this server, the command MCP: List Servers with Start Server for ${slug}, and the question whether to sign in.`}
        >
          <PictureLines lines={['mcp.json', '{ "servers": {', `    "${slug}": …`]} step={1} />
          <PictureButton label="MCP: List Servers › Start Server" step={2} />
          <PictureButton label="Allow" step={3} />
        </Picture>
      }
    >
      <GuideStep>
        Run this in a terminal:
        <Snippet code={command} what="VS Code command" />
        <span className="mt-2 block">
          Or put this into <code className="font-mono text-xs">.vscode/mcp.json</code>:
        </span>
        <Snippet code={file} what="mcp.json for VS Code" />
      </GuideStep>
      <GuideStep>
        Run <Named>MCP: List Servers</Named> from the command palette, choose {slug}, then{' '}
        <Named>Start Server</Named>.
      </GuideStep>
      <GuideStep>
        Press <Named>Allow</Named> when it asks to sign in, and allow it in the browser.
      </GuideStep>
    </Guide>
  )
}
