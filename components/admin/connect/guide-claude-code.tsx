import { Snippet } from '@/components/kit/copyable'
import { Guide, type GuideProps, GuideStep, Named } from './guide'
import { Picture, PictureLines } from './picture'

/** Claude Code in a terminal. */
export function ClaudeCodeGuide({ mcpUrl, slug }: GuideProps) {
  const command = `claude mcp add --transport http ${slug} ${mcpUrl}`
  return (
    <Guide
      picture={
        <Picture
          title="Terminal"
          label={`Drawing of a terminal: first the command that adds ${slug}, then Claude Code with the command /mcp, then ${slug} chosen to authenticate.`}
        >
          <PictureLines lines={[`$ claude mcp add … ${slug}`]} step={1} />
          <PictureLines lines={['> /mcp']} step={2} />
          <PictureLines lines={[`❯ ${slug}`, '  Authenticate']} step={3} />
        </Picture>
      }
      note={
        <>
          Add <code className="font-mono text-xs">--scope project</code> to share it with everyone
          who works in this folder, or <code className="font-mono text-xs">--scope user</code> to
          have it in all of yours.
        </>
      }
    >
      <GuideStep>
        Run this in a terminal:
        <Snippet code={command} what="Claude Code command" />
      </GuideStep>
      <GuideStep>
        Start <Named>claude</Named> and run
        <Snippet code="/mcp" what="the command in Claude Code" />
      </GuideStep>
      <GuideStep>
        Choose <Named>{slug}</Named>, then <Named>Authenticate</Named>, and allow it in the browser
        that opens.
      </GuideStep>
    </Guide>
  )
}
