import type { BodyOf, ResultOf } from '@sudigital/client'
import { Explained } from './words.ts'

/** Why no passkey can be made in this browser at this address; null where it can. */
export function whyNoPasskeys(): string | null {
  if (!window.isSecureContext) return 'Browsers offer passkeys to pages of https only. Ask whoever runs this server.'
  const canRead = typeof PublicKeyCredential === 'function' && 'parseCreationOptionsFromJSON' in PublicKeyCredential
  return canRead ? null : 'This browser is too old for passkeys. Use a newer one, or an authenticator app.'
}

/** Has a device make the passkey that the server asked for. */
export async function makePasskey(wanted: ResultOf<'offerPasskey'>): Promise<NewCredential> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(wanted)
  const credential = await navigator.credentials.create({ publicKey }).catch((thrown: unknown) => {
    throw thrown instanceof DOMException ? explained(thrown, wanted.rp.id) : thrown
  })
  if (!(credential instanceof PublicKeyCredential)) throw nothingGiven()
  return credential.toJSON() as NewCredential
}

type NewCredential = BodyOf<'addPasskey'>['credential']

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
