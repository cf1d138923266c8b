import { Snippet } from '@/components/kit/copyable'
import { Guide, type GuideProps, GuideStep, Named } from './guide'
import { Picture, PictureButton, PictureField } from './picture'

/** The MCP Inspector, for developers of tools. */
export function InspectorGuide({ mcpUrl }: GuideProps) {
  return (
    <Guide
      picture={
        <Picture
          title="MCP Inspector"
          label="Drawing of the MCP Inspector: the transport type is Streamable HTTP, the address is in the field URL, and the button Connect is below it."
        >
          <PictureField label="Transport Type" value="Streamable HTTP" />
          <PictureField label="URL" value={mcpUrl} step={2} />
          <PictureButton label="Connect" step={3} />
        </Picture>
      }
    >
      <GuideStep>
        Run this in a terminal; it opens a browser:
        <Snippet code="npx @modelcontextprotocol/inspector" what="Inspector command" />
      </GuideStep>
      <GuideStep>
        Choose <Named>Streamable HTTP</Named> as the transport type, and paste the address as{' '}
        <Named>URL</Named>.
      </GuideStep>
      <GuideStep>
        Press <Named>Connect</Named>, and allow it on the page that opens.
      </GuideStep>
    </Guide>
  )
}
