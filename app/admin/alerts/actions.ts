'use server'
import { testChannel } from '@/lib/admin/alerts/alerts'

/** Sends a test alert through a channel now. */
export const sendTest = testChannel
