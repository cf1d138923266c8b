import type {
  AudioContent,
  EmbeddedResource,
  ImageContent,
  TextContent,
} from '@modelcontextprotocol/server'

/** One red pixel, PNG, base64. */
export const redPixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4z8AAAAMBAQD3A0FDAAAAAElFTkSuQmCC'

/** Two samples of silence, WAV, base64. */
const silence = 'UklGRigAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQQAAAAAAAAA'

export const image: ImageContent = { type: 'image', data: redPixel, mimeType: 'image/png' }

export const audio: AudioContent = { type: 'audio', data: silence, mimeType: 'audio/wav' }

export const text = (value: string): TextContent => ({ type: 'text', text: value })

/** A resource that comes inside a message. */
export const embedded = (uri: string, mimeType: string, value: string): EmbeddedResource => ({
  type: 'resource',
  resource: { uri, mimeType, text: value },
})
