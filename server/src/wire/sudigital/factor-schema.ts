import { type TSchema, Type } from '#typebox'
import { limits } from '../../core/limits.ts'
import { exact, name, password, text } from './schema.ts'

/*
 * The shapes of what is sent for second factors. Credentials are as browsers write them (Web Authentication, `PublicKeyCredential.toJSON`); what
 * browsers add is left unread.
 */

const challengeId = Type.String({
  says: { maxLength: limits.tokenLengthMax, pattern: '^[A-Za-z0-9_-]+$' },
  description: 'From the answer to the password',
})
const code = (description: string) =>
  Type.String({
    maxLength: limits.codeLengthMax,
    says: { pattern: '^[^\\u0000-\\u001f\\u007f]*$' },
    description,
  })
const currentPassword = Type.Optional(password)

const bytes = Type.String({
  maxLength: limits.passkeyPartLengthMax,
  pattern: '^[A-Za-z0-9_-]*$',
  description: 'Bytes in base64url',
})

const credential = <Response extends TSchema>(response: Response) =>
  Type.Object(
    {
      id: bytes,
      rawId: bytes,
      type: Type.Enum(['public-key']),
      response,
    },
    { description: 'What `credential.toJSON()` gives in a browser' },
  )

export const codeBody = Type.Object({ challengeId, code: code('Of the authenticator app, or a recovery code') }, exact)

export const passkeyOptionsBody = Type.Object({ challengeId: Type.Optional(challengeId) }, exact)

export const passkeySignInBody = Type.Object(
  {
    challengeId: Type.Optional(challengeId),
    credential: credential(
      Type.Object({
        clientDataJSON: bytes,
        authenticatorData: bytes,
        signature: bytes,
        userHandle: Type.Optional(Type.Union([bytes, Type.Null()])),
      }),
    ),
  },
  exact,
)

export const totpBody = Type.Object({ name: Type.Optional(name), currentPassword }, exact)

export const confirmationBody = Type.Object({ code: code('Of the authenticator app: six digits') }, exact)

export const passkeyOfferBody = Type.Object({ currentPassword }, exact)

export const passkeyBody = Type.Object(
  {
    name: Type.Optional(name),
    credential: credential(
      Type.Object({
        clientDataJSON: bytes,
        attestationObject: bytes,
        transports: Type.Optional(Type.Array(text(limits.textLengthMax), { maxItems: limits.passkeyTransportsMax })),
      }),
    ),
  },
  exact,
)

export const factorParams = Type.Object({
  id: Type.String({ format: 'uuid', maxLength: 36, description: "The user's id" }),
  fid: Type.String({ format: 'uuid', maxLength: 36, description: "The factor's id" }),
})
