import type { BodyOf, ResultOf } from '@sudigital/client'
import { Explained } from './words.ts'

/** Why no passkey can be made or used in this browser at this address; null where it can. */
export function whyNoPasskeys(): string | null {
  if (!window.isSecureContext) return 'Browsers offer passkeys to pages of https only. Ask whoever runs this server.'
  const canRead = typeof PublicKeyCredential === 'function' && 'parseCreationOptionsFromJSON' in PublicKeyCredential
  return canRead ? null : 'This browser is too old for passkeys. Use a newer one, or an authenticator app.'
}

/** Has a device make the passkey that the server asked for. */
export function makePasskey(wanted: ResultOf<'offerPasskey'>): Promise<BodyOf<'addPasskey'>['credential']> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(wanted)
  return asJson(navigator.credentials.create({ publicKey }), wanted.rp.id)
}

/** Has a passkey sign what the server asked for. */
export function signByPasskey(wanted: ResultOf<'requestPasskey'>): Promise<BodyOf<'signInByPasskey'>['credential']> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(wanted)
  return asJson(navigator.credentials.get({ publicKey }), wanted.rpId)
}

/** As the API takes it: that is what browsers write. */
async function asJson<Written>(asked: Promise<Credential | null>, host: string): Promise<Written> {
  const credential = await asked.catch((thrown: unknown) => {
    throw thrown instanceof DOMException ? explained(thrown, host) : thrown
  })
  if (!(credential instanceof PublicKeyCredential)) throw nothingGiven()
  return credential.toJSON() as Written
}

/** What browsers throw (Web Authentication, sections 5.1.3 and 5.1.4). They do not tell somebody who cancels from a passkey that is not there. */
function explained(thrown: DOMException, host: string): Error {
  switch (thrown.name) {
    case 'NotAllowedError':
    case 'AbortError':
      return nothingGiven()
    case 'InvalidStateError':
      return new Explained('This device has one already', 'It keeps a passkey for this account. Use another device.')
    case 'SecurityError':
      return new Explained(
        'Not at this address',
        `Passkeys of this server work at ${host} only. Open the console there.`,
      )
    case 'NotSupportedError':
    case 'ConstraintError':
      return new Explained(
        'This device cannot do that',
        'It keeps no passkeys of the kind that is asked for. Use another.',
      )
    default:
      return thrown
  }
}

function nothingGiven(): Explained {
  return new Explained('No passkey was given', 'It was cancelled, or took too long. Try again when you like.')
}
