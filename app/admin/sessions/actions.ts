'use server'
import { endOpenSession } from '@/lib/admin/sessions/sessions'

/** Ends one session: its streams close and its id becomes unknown. */
export const end = endOpenSession
