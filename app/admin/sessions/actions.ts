'use server'
import { endSession } from '@/lib/admin/sessions/sessions'

/** Ends one session: its streams close, and its id is not known any more. */
export const end = endSession
