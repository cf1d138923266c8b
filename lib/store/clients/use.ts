import 'server-only'
import { prisma } from '@/lib/store/database/database'

/**
 * Whether a person has approved a client and not withdrawn it: a connection, a remembered consent, or an
 * approval that waits for an operator.
 */
export async function hasUsedClient(userId: string, clientId: string): Promise<boolean> {
  const { grant, consent, interaction } = await prisma()
  const where = { userId, clientId }
  const select = { id: true }
  const held = { heldById: userId, clientId, decidedAt: null }
  const found =
    (await grant.findFirst({ where: { ...where, status: { not: 'revoked' } }, select })) ??
    (await consent.findFirst({ where, select })) ??
    (await interaction.findFirst({ where: held, select }))
  return found !== null
}
