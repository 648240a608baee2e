import { isIP } from 'node:net'
import type { AttestationObject } from '@simplewebauthn/server/helpers'
import type { Passkey } from '../core/factors/factor.ts'
import type { PasskeyCreationAnswer, PasskeyDescriptor, Passkeys } from '../core/factors/ports.ts'
import { limits } from '../core/limits.ts'
import type { PasskeyTrouble } from '../core/refusals.ts'

const siteName = 'Roster'
/** Ed25519, ECDSA on P-256, RSA with PKCS #1 (COSE, “Algorithms”): there is no passkey that has none of them. */
const algorithms = [-8, -7, -257]

/** Where browsers make passkeys for a directory at this address (Web Authentication, “RP ID”). */
export interface Site {
  readonly rpId: string
  readonly origin: string
  readonly trouble: PasskeyTrouble | null
}

/**
 * The host, which has to have a name, and be reached over TLS or on this machine. The loopback addresses go by the name `localhost`, with
 * which the same server answers.
 */
export function siteAt(publicUrl: string): Site {
  const { protocol, hostname, port, origin } = new URL(publicUrl)
  const isNumber = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0
  if (isNumber && /^127\.|^\[::1\]$/.test(hostname)) return siteAt(`${protocol}//localhost${port && `:${port}`}`)
  const isOnThisMachine = hostname === 'localhost' || hostname.endsWith('.localhost')
  const isPlain = protocol !== 'https:' && !isOnThisMachine
  return {
    rpId: hostname,
    origin,
    trouble: isNumber ? 'address_without_name' : isPlain ? 'address_not_encrypted' : null,
  }
}

/** The library checks everything that the standard asks to be checked; it is loaded when the first answer of a passkey comes. */
export function openPasskeys(publicUrl: string): Passkeys {
  const { rpId, origin, trouble } = siteAt(publicUrl)
  return {
    trouble,
    toCreate: (challenge, { id, name, displayName }, known) => ({
      rp: { id: rpId, name: siteName },
      user: { id: handleOf(id), name, displayName },
      challenge,
      pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
      timeout: limits.challengeMs,
      excludeCredentials: known.map(described),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
      attestation: 'none',
    }),
    toSign: (challenge, known) => ({
      challenge,
      rpId,
      timeout: limits.challengeMs,
      userVerification: known === null ? 'required' : 'preferred',
      allowCredentials: known?.map(described) ?? [],
    }),
    challengeIn: ({ response }) => challengeIn(response.clientDataJSON),
    async verifyCreation(expectedChallenge, answer) {
      const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
      const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers')
      return orNull(async () => {
        if (!isWithoutCertificate(decodeAttestationObject(bytesOf(answer.response.attestationObject)))) return null
        const { id, rawId, type, response } = answer
        const { clientDataJSON, attestationObject } = response
        const { verified, registrationInfo } = await verifyRegistrationResponse({
          response: { id, rawId, type, clientExtensionResults: {}, response: { clientDataJSON, attestationObject } },
          expectedChallenge,
          expectedOrigin: origin,
          expectedRPID: rpId,
          requireUserVerification: false,
          supportedAlgorithmIDs: algorithms,
        })
        return verified ? keptOf(registrationInfo.credential, answer) : null
      })
    },
    async verifySignature(expectedChallenge, answer, { passkey, owner, alone }) {
      const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
      return orNull(async () => {
        const { id, rawId, type, response } = answer
        const { clientDataJSON, authenticatorData, signature, userHandle = null } = response
        if (userHandle === null ? alone : userHandle !== handleOf(owner)) return null
        const { credentialId, publicKey, signCount, transports } = passkey
        const signed = { clientDataJSON, authenticatorData, signature }
        const { verified, authenticationInfo } = await verifyAuthenticationResponse({
          response: { id, rawId, type, clientExtensionResults: {}, response: signed },
          expectedChallenge,
          expectedOrigin: origin,
          expectedRPID: rpId,
          requireUserVerification: alone,
          credential: {
            id: credentialId,
            publicKey: bytesOf(publicKey),
            counter: signCount,
            transports: [...transports],
          },
        })
        return verified && id === credentialId ? authenticationInfo.newCounter : null
      })
    },
  }
}

/** By which a passkey says whose it is. */
function handleOf(id: string): string {
  return Buffer.from(id).toString('base64url')
}

function described({ credentialId, transports }: Passkey): PasskeyDescriptor {
  return { id: credentialId, type: 'public-key', transports }
}

function keptOf(
  credential: { id: string; publicKey: Uint8Array; counter: number },
  answer: PasskeyCreationAnswer,
): Passkey {
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    signCount: credential.counter,
    transports: [...new Set(answer.response.transports ?? [])],
  }
}

/** Read before anything is verified: what it says is only looked up. */
function challengeIn(clientDataJSON: string): string | null {
  try {
    const clientData: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'))
    const found = typeof clientData === 'object' && clientData !== null && 'challenge' in clientData
    return found && typeof clientData.challenge === 'string' ? clientData.challenge : null
  } catch {
    return null
  }
}

/**
 * No attestation is asked for, and none is looked at but the passkey's own signature: to verify a maker's certificates, the library would ask
 * the addresses that stand in them.
 */
function isWithoutCertificate(attestation: AttestationObject): boolean {
  const format = attestation.get('fmt')
  return format === 'none' || (format === 'packed' && attestation.get('attStmt').get('x5c') === undefined)
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(base64url, 'base64url'))
}

/** The library throws for all that is wrong with an answer, as it does for what is not even one. */
async function orNull<T>(verify: () => Promise<T | null>): Promise<T | null> {
  try {
    return await verify()
  } catch {
    return null
  }
}
