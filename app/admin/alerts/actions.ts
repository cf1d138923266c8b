'use server'
import { testChannel } from '@/lib/admin/alerts/alerts'

/** Sends a test alert through a channel. */
export const sendTest = testChannel
