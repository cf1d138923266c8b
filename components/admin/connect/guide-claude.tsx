import { Guide, type GuideProps, GuideStep, Named } from './guide'
import { Picture, PictureButton, PictureField, PictureMenu } from './picture'

/** Claude on the web, its desktop app, and through them on phones. */
export function ClaudeGuide({ mcpUrl }: GuideProps) {
  return (
    <Guide
      picture={
        <Picture
          title="Claude, Settings"
          label="Drawing of Claude’s settings: Connectors is chosen on the left, the address is in the field for the remote MCP server, and the button Add is below it."
        >
          <PictureMenu items={['General', 'Account', 'Connectors']} chosen="Connectors" step={1}>
            <PictureField label="Remote MCP server URL" value={mcpUrl} step={2} />
            <PictureButton label="Add, then Connect" step={3} />
          </PictureMenu>
        </Picture>
      }
      note="Phones use the connectors that were added on the web. In a team, an owner adds the connector for everyone, and each person then presses Connect."
    >
      <GuideStep>
        Open <Named>Settings</Named>, then <Named>Connectors</Named>, on the web or in the desktop
        app.
      </GuideStep>
      <GuideStep>
        Choose <Named>Add custom connector</Named>, give it a name, and paste the address.
      </GuideStep>
      <GuideStep>
        Press <Named>Add</Named>, then <Named>Connect</Named>, and allow it on the page that opens.
      </GuideStep>
    </Guide>
  )
}
