'use server'
import { repeatSelfCheck } from '@/lib/admin/overview/self-check'

/** Runs the self-check again. */
export const checkAgain = repeatSelfCheck
