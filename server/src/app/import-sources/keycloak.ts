import { ScureBase32Plugin } from 'otplib'
import { valuesAt } from './json-records.ts'
import type { Notes } from './notes.ts'
import {
  appOf,
  type Foreign,
  type ImportSource,
  identified,
  instantOf,
  listOf,
  type OwnLine,
  objectOf,
  ownLine,
  parsedOf,
  passwordOf,
  type RoleMap,
  roleOf,
  SourceTrouble,
  tellIdentities,
  textOf,
  textsOf,
  usernameOf,
} from './source.ts'

/** A realm with its users, all realms in one file, or one of the files of users beside a realm (`kc.sh export`). */
const paths = ['$.users.*', '$.*.users.*', '$.federatedUsers.*', '$.organizations.*']

export function keycloak({ roleMap }: { roleMap: RoleMap }): ImportSource {
  return {
    async *records(input, notes) {
      let users = 0
      for await (const met of valuesAt(input, paths)) {
        for (const { path } of met) {
          if (path.includes('federatedUsers')) notes.add('federated')
          if (path[0] === 'organizations') notes.add('organization')
        }
        const found = met.filter(({ path }) => path.at(-2) === 'users')
        users += found.length
        yield found.map(({ value }) => value)
      }
      if (users === 0) {
        throw new SourceTrouble(
          'No users stand in the file: the admin console leaves them out, `kc.sh export --users realm_file` does not.',
        )
      }
    },
    translate: (record, notes) => translate(record, roleMap, notes),
  }
}

function translate(record: Foreign, roleMap: RoleMap, notes: Notes): OwnLine | null {
  if (textOf(record.serviceAccountClientId) !== undefined) {
    notes.add('service_account')
    return null
  }
  const { attributes, ...own } = identified(record.id, 'keycloak_id')
  const { attributes: unfit, ...named } = usernameOf(record.username, record.email, notes)
  const actions = textsOf(record.requiredActions)
  const emailVerified = record.emailVerified === true
  const isUnproved = !emailVerified && actions.includes('VERIFY_EMAIL')
  const isBarred = record.enabled === false
  if (isUnproved && !isBarred) notes.add('unproved_address')
  if (actions.includes('UPDATE_PASSWORD')) notes.add('temporary_password')
  if (actions.some((action) => action !== 'VERIFY_EMAIL' && action !== 'UPDATE_PASSWORD')) notes.add('required_actions')
  const theirRoles = [...textsOf(record.realmRoles), ...clientRoles(record.clientRoles)]
  const groups = textsOf(record.groups)
  return ownLine({
    ...own,
    ...named,
    email: textOf(record.email),
    emailVerified,
    firstName: textOf(record.firstName),
    lastName: textOf(record.lastName),
    status: isBarred ? 'inactive' : isUnproved ? 'pending' : 'active',
    createdAt: instantOf(record.createdTimestamp),
    ...roleOf(theirRoles.filter(isOfSomebody), roleMap, notes),
    ...credentialsOf(record, notes),
    attributes: {
      ...attributes,
      ...unfit,
      ...attributesOf(record.attributes),
      ...(groups.length > 0 && { groups }),
    },
  })
}

/** `client/role`. */
function clientRoles(value: unknown): string[] {
  return Object.entries(objectOf(value)).flatMap(([client, names]) => textsOf(names).map((name) => `${client}/${name}`))
}

/** Everybody has these, or those of the account console. */
function isOfSomebody(role: string): boolean {
  return !/^(default-roles-.*|offline_access|uma_authorization|account\/.*)$/.test(role)
}

/** Each is a list there; what is one thing becomes one here. */
function attributesOf(value: unknown): Foreign {
  return Object.fromEntries(
    Object.entries(objectOf(value)).map(([name, values]) => {
      const list = listOf(values)
      return [name, list.length === 1 ? list[0] : values]
    }),
  )
}

// ── credentials ───────────────────────────────────────────────────────────────────────────────────────────────────────

function credentialsOf(record: Foreign, notes: Notes): OwnLine {
  const credentials = listOf(record.credentials).map(objectOf)
  const password = credentials.find(({ type }) => type === 'password')
  const providers = listOf(record.federatedIdentities).map((one) => textOf(objectOf(one).identityProvider) ?? '')
  tellIdentities(providers, password !== undefined, notes)
  const factors = credentials.filter(({ type }) => type !== 'password')
  return { ...(password && passwordIn(password, notes)), ...factorsIn(factors, notes) }
}

function passwordIn(credential: Foreign, notes: Notes): OwnLine {
  if (textOf(credential.value) !== undefined) {
    notes.add('plain_password')
    return {}
  }
  const hash = passwordOf(hashOf(credential), notes)
  const passwordChangedAt = instantOf(credential.createdDate)
  return hash.passwordHash === undefined ? {} : { ...hash, passwordChangedAt }
}

/** Until Keycloak 8 the parts stood beside each other. */
function hashOf(credential: Foreign): string | null {
  const data = objectOf(parsedOf(credential.credentialData))
  const secret = objectOf(parsedOf(credential.secretData))
  const algorithm = textOf(data.algorithm) ?? textOf(credential.algorithm)
  const rounds = data.hashIterations ?? credential.hashIterations
  const salt = textOf(secret.salt) ?? textOf(credential.salt)
  const value = textOf(secret.value) ?? textOf(credential.hashedSaltedValue)
  if (value?.startsWith('$')) return value
  if (algorithm === undefined || salt === undefined || value === undefined) return null
  if (algorithm === 'argon2') return argon2Of(objectOf(data.additionalParameters), rounds, salt, value)
  return `$${algorithm}$i=${rounds}$${salt}$${value}`
}

const argon2Versions: Readonly<Record<string, number>> = { '1.0': 16, '1.3': 19 }

function argon2Of(parameters: Foreign, passes: unknown, salt: string, digest: string): string {
  const first = (name: string) => textsOf(parameters[name])[0] ?? ''
  const bare = (base64: string) => base64.replace(/=+$/, '')
  const costs = `m=${first('memory')},t=${passes},p=${first('parallelism')}`
  return `$argon2${first('type')}$v=${argon2Versions[first('version')]}$${costs}$${bare(salt)}$${bare(digest)}`
}

/** The first authenticator app whose codes are as ours; of all others it is told what they are. */
function factorsIn(credentials: readonly Foreign[], notes: Notes): { factors?: readonly Foreign[] } {
  const app = credentials.find(isLikeOurs)
  for (const other of credentials) if (other !== app) notes.add('second_factor', textOf(other.type) ?? '')
  if (app === undefined) return {}
  const { value, secretEncoding } = objectOf(parsedOf(app.secretData))
  const secret = textOf(value) ?? ''
  return appOf(
    secretEncoding === 'BASE32' ? secret : new ScureBase32Plugin().encode(Buffer.from(secret), { padding: false }),
    notes,
  )
}

function isLikeOurs({ type, credentialData }: Foreign): boolean {
  const { subType, digits, period, algorithm } = objectOf(parsedOf(credentialData))
  return type === 'otp' && subType === 'totp' && digits === 6 && period === 30 && algorithm === 'HmacSHA1'
}
