import { connect } from 'node:net'

/** Whether a connection to it succeeds. */
export const isOpen = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, host)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

/** Open only if the server listens on all addresses; every Linux machine has this one. */
export const elsewhere = '127.0.0.2'

/** The port in an origin. */
export const portOf = (origin: string): number => Number(new URL(origin).port)
