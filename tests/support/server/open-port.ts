import { connect } from 'node:net'

/** Whether anything accepts a connection there. */
export const isOpen = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, host)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

/** An address that is listened on only where all of them are; every machine with Linux has it. */
export const elsewhere = '127.0.0.2'

/** The port of an origin that names one. */
export const portOf = (origin: string): number => Number(new URL(origin).port)
