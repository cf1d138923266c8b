export { passkeyChallenge as POST } from '@/lib/auth/passkey-challenge'
