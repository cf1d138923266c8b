import type { McpServer } from '@modelcontextprotocol/server'
import { audio, embedded, image, text } from './content'
import { addTool, answer, say } from './tool'

/** Tools that answer with each kind of content, and one that fails. */
export function addContentTools(server: McpServer): void {
  addTool(server, 'test_simple_text', 'Answers with a text.', () =>
    say('This is a simple text response for testing.'),
  )
  addTool(server, 'test_image_content', 'Answers with an image.', () => answer(image))
  addTool(server, 'test_audio_content', 'Answers with a sound.', () => answer(audio))
  addTool(server, 'test_embedded_resource', 'Answers with a resource.', () =>
    answer(
      embedded('test://embedded-resource', 'text/plain', 'This is an embedded resource content.'),
    ),
  )
  addTool(server, 'test_multiple_content_types', 'Answers with a text, an image, a resource.', () =>
    answer(
      text('Multiple content types test:'),
      image,
      embedded('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}'),
    ),
  )
  addTool(server, 'test_error_handling', 'Always fails.', () => {
    throw new Error('This tool intentionally returns an error for testing')
  })
}
