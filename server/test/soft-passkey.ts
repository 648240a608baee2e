import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'
import type {
  PasskeyCreationAnswer,
  PasskeyCreationOptions,
  PasskeyRequestOptions,
  PasskeySignatureAnswer,
} from '../src/core/factors/ports.ts'

/** An authenticator and the browser around it, which say whatever a test has them say. */
export interface SoftPasskey {
  readonly id: string
  create(options: PasskeyCreationOptions, lies?: Lies): PasskeyCreationAnswer
  sign(options: PasskeyRequestOptions, lies?: Lies): PasskeySignatureAnswer
}

export interface Lies {
  readonly challenge?: string
  readonly origin?: string
  readonly rpId?: string
  readonly type?: string
  /** Whether the person is there, and whether they have shown who they are. */
  readonly present?: boolean
  readonly verified?: boolean
  readonly signCount?: number
  readonly userHandle?: string | null
  /** In place of none. */
  readonly attestation?: { readonly fmt: string; readonly attStmt: Map<string, unknown> }
}

/** A credential of ES256 (COSE), for a page at `origin`. */
export function newSoftPasskey(origin: string): SoftPasskey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(32)
  let signCount = 0
  let owner: string | null = null

  const clientDataOf = (type: string, challenge: string, lies: Lies) =>
    Buffer.from(
      JSON.stringify({
        type: lies.type ?? type,
        challenge: lies.challenge ?? challenge,
        origin: lies.origin ?? origin,
        crossOrigin: false,
      }),
    )
  const answered = { id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key' } as const

  return {
    id: answered.id,
    create({ challenge, rp, user }, lies = {}) {
      owner = user.id
      const cose = new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, bytesOf(x)],
        [-3, bytesOf(y)],
      ])
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const credential = Buffer.concat([Buffer.alloc(16), length, id, isoCBOR.encode(cose)])
      const authData = Buffer.concat([authenticatorData(rp.id, signCount, lies, 0x40), credential])
      const { fmt, attStmt } = lies.attestation ?? { fmt: 'none', attStmt: new Map() }
      const attestation = new Map<string, unknown>([
        ['fmt', fmt],
        ['attStmt', attStmt],
        ['authData', new Uint8Array(authData)],
      ])
      const attestationObject = Buffer.from(isoCBOR.encode(attestation as never)).toString('base64url')
      const clientDataJSON = clientDataOf('webauthn.create', challenge, lies).toString('base64url')
      return { ...answered, response: { clientDataJSON, attestationObject, transports: ['internal'] } }
    },
    sign({ challenge, rpId }, lies = {}) {
      signCount = lies.signCount ?? signCount + 1
      const authData = authenticatorData(rpId, signCount, lies, 0)
      const clientData = clientDataOf('webauthn.get', challenge, lies)
      const hash = createHash('sha256').update(clientData).digest()
      const signature = createSign('sha256').update(authData).update(hash).sign(privateKey)
      const userHandle = lies.userHandle === undefined ? owner : lies.userHandle
      return {
        ...answered,
        response: {
          clientDataJSON: clientData.toString('base64url'),
          authenticatorData: authData.toString('base64url'),
          signature: signature.toString('base64url'),
          userHandle,
        },
      }
    },
  }
}

function authenticatorData(rpId: string, signCount: number, lies: Lies, more: number): Buffer {
  const { present = true, verified = true } = lies
  const counted = Buffer.alloc(4)
  counted.writeUInt32BE(signCount)
  const flags = (present ? 0x01 : 0) | (verified ? 0x04 : 0) | more
  return Buffer.concat([
    createHash('sha256')
      .update(lies.rpId ?? rpId)
      .digest(),
    Buffer.from([flags]),
    counted,
  ])
}

function bytesOf(base64url: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64url, 'base64url'))
}
