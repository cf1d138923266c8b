import { OAuthError } from './errors'

/** Real registrations are under two kilobytes; a key set of a few keys is under five. */
export const largestClient = 8 * 1024

/**
 * Refuses a client that takes more space than any client needs: anyone may register, and registrations
 * are kept (RFC 7591 §5, CIMD §8.7).
 *
 * @param stored everything that is stored of the client
 * @throws {OAuthError} `invalid_client_metadata` (RFC 7591 §3.2.2)
 */
export function checkStoredSize(stored: unknown): void {
  const bytes = new TextEncoder().encode(JSON.stringify(stored)).byteLength
  if (bytes <= largestClient) return
  throw new OAuthError('invalid_client_metadata', {
    kind: 'metadata-too-large',
    bytes,
    most: largestClient,
  })
}
