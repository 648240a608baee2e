import { client } from '../client/client.ts'

/** Whether this browser has passkeys, here: they need `https`, or this machine. */
export const hasPasskeys =
  typeof PublicKeyCredential === 'function' &&
  typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function' &&
  isSecureContext

/** Signs in by a passkey: alone, or to finish what a password has begun. */
export async function signInByPasskey(challengeId?: string): Promise<void> {
  const begun = challengeId === undefined ? {} : { challengeId }
  const asked = await client.auth.requestPasskey(begun)
  // The description says what it is; the browser says the same in types of its own.
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked as PublicKeyCredentialRequestOptionsJSON)
  const given = await navigator.credentials.get({ publicKey })
  if (!(given instanceof PublicKeyCredential)) throw new DOMException('no passkey was given', 'NotAllowedError')
  await client.auth.loginWithPasskey({ ...begun, credential: given.toJSON() as ProofByPasskey['credential'] })
}

type ProofByPasskey = Parameters<typeof client.auth.loginWithPasskey>[0]
