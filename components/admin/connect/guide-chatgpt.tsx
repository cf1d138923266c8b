import { Guide, type GuideProps, GuideStep, Named } from './guide'
import { Picture, PictureButton, PictureField, PictureMenu } from './picture'

/** ChatGPT on the web. */
export function ChatgptGuide({ mcpUrl }: GuideProps) {
  return (
    <Guide
      picture={
        <Picture
          title="ChatGPT, Settings"
          label="Drawing of ChatGPT’s settings: Apps and Connectors is chosen on the left, the address is in the field for the MCP server, OAuth is the authentication, and the button Create is below it."
        >
          <PictureMenu items={['General', 'Apps & Connectors']} chosen="Apps & Connectors" step={1}>
            <PictureField label="MCP Server URL" value={mcpUrl} step={2} />
            <PictureField label="Authentication" value="OAuth" />
            <PictureButton label="Create" step={3} />
          </PictureMenu>
        </Picture>
      }
    >
      <GuideStep>
        Open <Named>Settings</Named>, then <Named>Apps &amp; Connectors</Named>, and turn on{' '}
        <Named>Developer mode</Named> under <Named>Advanced settings</Named>.
      </GuideStep>
      <GuideStep>
        Choose <Named>Create</Named>, paste the address as <Named>MCP Server URL</Named>, and leave
        the authentication at <Named>OAuth</Named>.
      </GuideStep>
      <GuideStep>
        Press <Named>Create</Named>, and allow it on the page that opens.
      </GuideStep>
    </Guide>
  )
}
