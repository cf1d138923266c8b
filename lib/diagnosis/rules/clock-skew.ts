import { afterToken, rejectedCalls } from '../after-token'
import { isHealthy, rule } from '../rule'

const toleratedMs = 30_000

/** Machines compare times: token and code lifetimes, certificates, signatures. */
export const clockSkew = rule({
  id: 'clock-skew',
  symptom: 'Tokens count as expired right after they were issued',
  sources: ['RFC 7519 §4.1.4', 'RFC 9068 §4'],
  judge: (handshake, { clockSkewMs }, now) => {
    if (handshake && isHealthy(handshake)) return null
    const after = handshake && afterToken(handshake, now)
    const [expired] = after ? rejectedCalls(after, 'token-expired') : []
    // the real time that passed between the two, if this clock ran ahead meanwhile
    const passed =
      after && expired ? expired.at - after.token.at - Math.max(0, clockSkewMs ?? 0) : 0
    const early =
      after && expired && passed < Number(after.token.detail.expiresIn) * 1000 - 60_000
        ? expired
        : undefined
    const skewed = clockSkewMs !== null && Math.abs(clockSkewMs) > toleratedMs
    if (!early && !(skewed && !handshake)) return null
    const seconds = Math.round(Math.abs(clockSkewMs ?? 0) / 1000)
    return {
      confidence: early && skewed ? 'confirmed' : 'likely',
      title: skewed
        ? `The clock of this machine is ${seconds} s ${(clockSkewMs ?? 0) > 0 ? 'ahead' : 'behind'}`
        : 'A token counted as expired right after it was issued: clocks disagree',
      explanation:
        'Tokens carry the time at which they end. Where the instance that issues and the one that checks have different times, a new token has expired before it is used.',
      evidence: [after && early ? after.token : undefined, early],
      observations: skewed ? [`this clock minus the world’s: ${clockSkewMs} ms`] : [],
      fix: [
        {
          text: 'Keep the clock synchronised.',
          where:
            'chrony or systemd-timesyncd on each machine; time synchronisation of the hypervisor',
          code: 'timedatectl set-ntp true',
        },
      ],
    }
  },
})
