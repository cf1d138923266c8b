import type { Metadata } from 'next'
import { OwnLayout } from '../own-layout'

// Under `no-referrer` a form without JavaScript posts `Origin: null`, which Next refuses.
export const metadata: Metadata = { referrer: 'same-origin' }

export default OwnLayout
