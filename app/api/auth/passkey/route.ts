export { passkeyChallenge as POST } from '@/lib/auth/passkeys'
