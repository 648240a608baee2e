import { valuesAt } from './json-records.ts'
import type { Notes } from './notes.ts'
import {
  type Foreign,
  type ImportSource,
  identified,
  instantOf,
  listOf,
  namesOf,
  type OwnLine,
  objectOf,
  ownLine,
  parsedOf,
  passwordOf,
  pictureOf,
  type RoleMap,
  roleOf,
  SourceTrouble,
  tellIdentities,
  textOf,
  textsOf,
} from './source.ts'

/** How a project makes hashes, as its console shows it. */
export interface FirebaseHashing {
  readonly signerKey: string
  readonly saltSeparator: string
  readonly rounds: string
  readonly memCost: string
}

interface Around {
  readonly roleMap: RoleMap
  readonly hashing: FirebaseHashing
}

/** What `firebase auth:export users.json` writes. */
export function firebase(around: Around): ImportSource {
  return {
    async *records(input) {
      for await (const met of valuesAt(input, ['$.users.*'])) yield met.map(({ value }) => value)
    },
    translate: (record, notes) => translate(record, around, notes),
  }
}

/** `hash_config { algorithm: SCRYPT, base64_signer_key: …, … }`, as the console has it copied. */
export function readFirebaseHashing(text: string): FirebaseHashing {
  const found = (name: string) => new RegExp(`\\b${name}\\s*[:=]\\s*"?([A-Za-z0-9+/_=-]+)"?`).exec(text)?.[1]
  const [signerKey, saltSeparator] = [found('base64_signer_key'), found('base64_salt_separator')]
  const [rounds, memCost] = [found('rounds'), found('mem_cost')]
  if (found('algorithm') !== 'SCRYPT' || !signerKey || !saltSeparator || !rounds || !memCost) {
    throw new SourceTrouble(
      'The file of --hash-config is not what the Firebase console shows: algorithm: SCRYPT, base64_signer_key, base64_salt_separator, rounds and mem_cost.',
    )
  }
  return { signerKey, saltSeparator, rounds, memCost }
}

function translate(record: Foreign, { roleMap, hashing }: Around, notes: Notes): OwnLine | null {
  const providers = listOf(record.providerUserInfo).map((one) => textOf(objectOf(one).providerId) ?? '')
  if (record.email === undefined && record.phoneNumber === undefined && providers.length === 0) {
    notes.add('anonymous')
    return null
  }
  const { attributes, ...own } = identified(record.localId, 'firebase_id')
  const claims = objectOf(parsedOf(record.customAttributes))
  const theirRoles = [
    ...textsOf(claims.roles),
    ...Object.entries(claims).flatMap(([name, value]) => (value === true ? [name] : [])),
    ...[claims.role].filter((role) => typeof role === 'string'),
  ]
  return ownLine({
    ...own,
    email: textOf(record.email),
    emailVerified: record.emailVerified === true,
    ...namesOf(record.displayName),
    avatar: pictureOf(record.photoUrl),
    status: record.disabled === true ? 'inactive' : 'active',
    createdAt: instantOf(record.createdAt),
    lastLoginAt: instantOf(record.lastSignedInAt),
    ...roleOf(theirRoles, roleMap, notes),
    ...passwordIn(record, providers, hashing, notes),
    attributes: {
      ...attributes,
      phone_number: textOf(record.phoneNumber),
      custom_claims: Object.keys(claims).length > 0 ? claims : undefined,
    },
  })
}

function passwordIn(
  record: Foreign,
  providers: readonly string[],
  { signerKey, saltSeparator, rounds, memCost }: FirebaseHashing,
  notes: Notes,
): { passwordHash?: string } {
  const [digest, salt] = [textOf(record.passwordHash), textOf(record.salt)]
  tellIdentities(
    providers.filter((one) => one !== 'password' && one !== 'phone'),
    digest !== undefined,
    notes,
  )
  if (digest === undefined) return {}
  const costs = `ln=${memCost},r=${rounds},sk=${signerKey},ss=${saltSeparator}`
  return passwordOf(salt === undefined ? null : `$firebase-scrypt$${costs}$${salt}$${digest}`, notes)
}
