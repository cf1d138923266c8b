import type { ClockApart } from '../facts'
import { rule } from '../rule'

const inWords = ({ host, offsetMs }: ClockApart): string =>
  `${host} is ${Math.round(Math.abs(offsetMs) / 1000)} s ${offsetMs > 0 ? 'ahead of' : 'behind'} the database`

/** Instances with different times disagree about what has expired. */
export const clocksDiffer = rule({
  id: 'clocks-differ',
  symptom: 'It works on one instance and not on another; tokens expire at odd times',
  sources: ['RFC 7519 §4.1.4', 'RFC 5905 §3'],
  judge: (handshake, { clocksApart }) => {
    if (handshake || clocksApart.length === 0) return null
    return {
      confidence: 'confirmed',
      title: `Clocks differ: ${clocksApart.map(inWords).join('; ')}`,
      explanation:
        'Codes, tokens and sessions carry times. An instance with a different time rejects new tokens or accepts expired ones, and the order of events in a handshake is wrong.',
      observations: clocksApart.map(({ host, offsetMs }) => `${host}: ${offsetMs} ms`),
      fix: [
        {
          text: 'Keep the clocks of all instances and of the database synchronised.',
          where:
            'chrony or systemd-timesyncd on each machine; time synchronisation of the hypervisor',
          code: 'timedatectl set-ntp true',
        },
      ],
    }
  },
})
