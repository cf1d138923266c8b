/** What has to be typed before every connection is revoked. */
export const confirmation = 'revoke all connections'
