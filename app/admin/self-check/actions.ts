'use server'
import { repeatSelfCheck } from '@/lib/admin/overview/self-check'

/** Has the server look at itself through its public address once more. */
export const checkAgain = repeatSelfCheck
