import type { Totp } from '../core/factors/ports.ts'
import { limits } from '../core/limits.ts'

const periodSeconds = 30
/** Of white around a QR code, and of each of its squares. */
const [borderSquares, squarePixels] = [4, 4]

/** `issuer` is what an authenticator app shows over the codes. The libraries are loaded when the first code is asked for. */
export function openTotp(issuer: string): Totp {
  return {
    async newSecret() {
      const { generateSecret } = await import('otplib')
      return generateSecret()
    },
    async handover(secret, account) {
      const { generateURI } = await import('otplib')
      const { renderSVG } = await import('uqr')
      const label = [...account].slice(0, limits.accountLabelLengthMax).join('')
      const uri = generateURI({ issuer, label, secret, period: periodSeconds })
      return { uri, qr: renderSVG(uri, { ecc: 'M', border: borderSquares, pixelSize: squarePixels }) }
    },
    async stepOf(secret, code, nowMs) {
      const { verify } = await import('otplib')
      const verified = await verify({
        secret,
        token: code,
        epoch: Math.floor(nowMs / 1000),
        period: periodSeconds,
        epochTolerance: periodSeconds,
      })
      return verified.valid && 'timeStep' in verified ? verified.timeStep : null
    },
  }
}
