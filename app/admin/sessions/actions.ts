'use server'
import { endSession } from '@/lib/admin/sessions/sessions'

/** Ends one session: its streams close and its id becomes unknown. */
export const end = endSession
