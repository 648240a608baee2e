import { Type } from '#typebox'
import { limits } from '../../core/limits.ts'
import { data, exact, id, instant, integer, orNull, text, token, tokens } from './answers.ts'

/* The shapes of answers about second factors, for the API description. */

export const factor = Type.Object(
  {
    id,
    kind: Type.Enum(['totp', 'passkey'], { description: 'An authenticator app, or a passkey' }),
    name: text(limits.nameLengthMax, 'As the person calls it'),
    createdAt: instant('When it was added'),
    confirmedAt: orNull(instant('Since when it is asked for; null until it was shown to work')),
    lastUsedAt: orNull(instant('When it was last used')),
  },
  { ...exact, title: 'Factor' },
)

const recoveryCode = Type.String({ pattern: '^[0-9a-z]{4}(-[0-9a-z]{4}){3}$', maxLength: 19 })
const recoveryCodes = Type.Array(recoveryCode, {
  maxItems: limits.recoveryCodesPerUser,
  description: 'Each good once in place of a factor; shown this once',
})

const challenge = Type.Object(
  {
    challenge: Type.Object(
      {
        id: token('Finishes the sign-in, and does nothing else'),
        factors: Type.Array(Type.Enum(['totp', 'passkey', 'recovery_code']), {
          maxItems: 3,
          description: 'What will finish it, any of these',
        }),
        expiresIn: integer('Seconds left to finish it', 1),
      },
      exact,
    ),
  },
  { ...exact, title: 'HalfSignIn', description: 'The password is right, and a second factor is needed' },
)

export const signInAnswer = data(Type.Union([tokens, challenge]))

export const factorsPageAnswer = Type.Object(
  {
    data: Type.Array(factor, { maxItems: limits.passkeysPerUserMax + 1 }),
    meta: Type.Object(
      {
        page: integer('Which page this is', 1),
        limit: integer('Factors on a whole page', 1),
        total: integer('Factors on all pages'),
        recoveryCodesLeft: integer('Recovery codes that were not used'),
      },
      { ...exact, title: 'FactorsPageMeta' },
    ),
  },
  exact,
)

export const totpAnswer = data(
  Type.Object(
    {
      factor,
      secret: Type.String({
        pattern: '^[A-Z2-7]+$',
        maxLength: 64,
        description: 'To be typed into the app where there is no camera; base32',
      }),
      uri: Type.String({ format: 'uri', maxLength: limits.urlLengthMax, description: 'The link that apps take over' }),
      qr: Type.String({ maxLength: 500_000, pattern: '^<svg ', description: 'The same as a QR code: an SVG image' }),
    },
    { ...exact, title: 'TotpEnrolment', description: 'The only answer that shows the secret' },
  ),
)

export const addedFactorAnswer = data(
  Type.Object(
    {
      factor,
      recoveryCodes: Type.Union([recoveryCodes, Type.Null()], { description: 'With the first factor, else null' }),
    },
    { ...exact, title: 'AddedFactor' },
  ),
)

export const recoveryCodesAnswer = data(Type.Object({ recoveryCodes }, { ...exact, title: 'RecoveryCodes' }))

const bytes = (description: string) =>
  Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength: limits.passkeyPartLengthMax, description })
const timeout = integer('Milliseconds left to answer', 1)
const host = text(limits.textLengthMax, 'The host that `PUBLIC_URL` names')
const descriptors = Type.Array(
  Type.Object(
    {
      id: bytes('Of a passkey that is known'),
      type: Type.Enum(['public-key']),
      transports: Type.Array(text(limits.textLengthMax, 'How to reach it'), { maxItems: limits.passkeyTransportsMax }),
    },
    exact,
  ),
  { maxItems: limits.passkeysPerUserMax },
)

export const passkeyRequestAnswer = data(
  Type.Object(
    {
      challenge: bytes('To be signed'),
      rpId: host,
      timeout,
      userVerification: Type.Enum(['required', 'preferred']),
      allowCredentials: descriptors,
    },
    {
      ...exact,
      title: 'PasskeyRequest',
      description: 'For `PublicKeyCredential.parseRequestOptionsFromJSON` in a browser',
    },
  ),
)

export const passkeyCreationAnswer = data(
  Type.Object(
    {
      rp: Type.Object({ id: host, name: text(limits.textLengthMax, 'What browsers call the site') }, exact),
      user: Type.Object(
        {
          id: bytes('What the passkey calls its owner'),
          name: text(limits.emailLengthMax, 'How they sign in'),
          displayName: text(2 * limits.nameLengthMax + 1, 'Their names; empty where there are none'),
        },
        exact,
      ),
      challenge: bytes('To be signed'),
      pubKeyCredParams: Type.Array(
        Type.Object(
          {
            type: Type.Enum(['public-key']),
            alg: Type.Integer({ format: 'int32', minimum: -65_535, maximum: 0, description: 'COSE algorithm' }),
          },
          exact,
        ),
        { maxItems: 10 },
      ),
      timeout,
      excludeCredentials: descriptors,
      authenticatorSelection: Type.Object(
        { residentKey: Type.Enum(['preferred']), userVerification: Type.Enum(['preferred']) },
        exact,
      ),
      attestation: Type.Enum(['none']),
    },
    {
      ...exact,
      title: 'PasskeyCreation',
      description: 'For `PublicKeyCredential.parseCreationOptionsFromJSON` in a browser',
    },
  ),
)
