import { productByIdentity } from '@/lib/products/product'
import type { LoopbackPolicy } from './redirect-uri'

/** The policy for a client. Its name is only a claim, but both hosts are the person's own machine. */
export const loopbackPolicy = ({ id, name }: { id: string; name: string }): LoopbackPolicy =>
  productByIdentity({ clientId: id, clientName: name })?.mixesLoopback ? 'interchangeable' : 'exact'
