import { existsSync } from 'node:fs'
import { stat, statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { directoryFiles } from '../app/directory-key.ts'
import { looserDoors } from '../app/doors.ts'
import { explain } from '../app/faults.ts'
import { isDefaultAdminDue } from '../app/first-users.ts'
import { type Inspection, inspectDirectory, isFileEncrypted, type People } from '../app/inspection.ts'
import { masterKeyFileOf } from '../app/master-key.ts'
import { passkeySite } from '../app/passkey-site.ts'
import { smtpOf } from '../app/post.ts'
import { type Clamd, clamdOf } from '../app/scanner.ts'
import { type Environment, readSettings, type Settings } from '../app/settings.ts'
import { standingTestUsers, withPasswords } from '../app/test-users.ts'
import type { PasswordRule } from '../core/credentials/password-rule.ts'
import { placeOf } from './banner.ts'
import { counted } from './command.ts'
import {
  backupFinding,
  erasureFindings,
  integrityFindings,
  restoreFindings,
  statisticsFindings,
} from './doctor-keeping.ts'
import { attention, broken, type Finding, fine } from './finding.ts'

const mebibyte = 1024 * 1024
const freeBytesFew = 1024 * mebibyte
const freeBytesMin = 50 * mebibyte
const clockOffMsMax = 5_000
const programIsOfMs = Date.parse('2026-01-01T00:00:00Z')

/** Looks at everything that can be looked at without changing anything. */
export async function examine(environment: Environment): Promise<Finding[]> {
  const { settings, mistakes } = readSettings(environment)
  if (mistakes) {
    const told = mistakes.map(({ variable, found, expected }) => `${variable} is ${found}; expected ${expected}.`)
    return told.map((says) => broken('settings', says))
  }
  const mode = settings.production ? 'production' : 'development'
  return [
    fine('settings', `All can be read; this is ${mode}.`),
    ...(await keyFindings(settings)),
    ...(await directoryFindings(settings)),
    ...doorFindings(settings),
    await mailServerFinding(settings),
    await scannerFinding(settings),
    passkeyFinding(settings),
    ...(await diskFindings(settings)),
  ]
}

/** Whether other accounts of this machine can read what is a secret. */
async function keyFindings(settings: Settings): Promise<Finding[]> {
  const masterKey = masterKeyFileOf(settings)
  const isEmbedded = settings.databaseUrl === null
  const keys = [masterKey, isEmbedded ? directoryFiles(settings).directoryKey : null].filter((file) => file !== null)
  const open = await Promise.all([
    ...keys.map(async (file) => ((await isOpenToOthers(file)) ? [`${file}: chmod 600`] : [])),
    isEmbedded && (await isOpenToOthers(settings.dataDirectory)) ? [`${settings.dataDirectory}: chmod 700`] : [],
  ])
  const told = open
    .flat()
    .map((remedy) => attention('keys', `Other accounts of this machine can read ${remedy} closes it.`))
  if (told.length > 0) return told
  if (masterKey === null) return [fine('keys', 'The master key comes from MASTER_KEY.')]
  return [fine('keys', `The master key is in ${masterKey}; other accounts cannot read what is secret.`)]
}

/** Of what is not there, and on systems without such permissions, nothing is said. */
async function isOpenToOthers(path: string): Promise<boolean> {
  if (process.platform === 'win32') return false
  const found = await stat(path).catch(() => null)
  return found !== null && (found.mode & 0o077) !== 0
}

async function directoryFindings(settings: Settings): Promise<Finding[]> {
  if (settings.databaseUrl === null && (await isFileEncrypted(settings)) === false) {
    return [broken('encryption', `${directoryFiles(settings).database} is not encrypted: Roster did not write it.`)]
  }
  try {
    const inspection = await inspectDirectory(settings)
    if (inspection === null) return [fine('directory', `${placeOf(settings)}: empty; the first start fills it.`)]
    await using _ = inspection
    return [
      fine('directory', `${placeOf(settings)} answers.`),
      encryptionFinding(settings, inspection),
      schemaFinding(inspection),
      ...(inspection.people === null ? [] : await peopleFindings(settings, inspection.people)),
      ...integrityFindings(inspection),
      ...statisticsFindings(inspection),
      await clockFinding(inspection),
    ]
  } catch (thrown) {
    return [broken('directory', explain(thrown) ?? `${placeOf(settings)} cannot be opened (${nameOf(thrown)}).`)]
  }
}

function encryptionFinding({ databaseUrl, databaseEncryptedAtRest }: Settings, { server }: Inspection): Finding {
  if (databaseUrl === null) return fine('encryption', 'The database file is encrypted as a whole.')
  if (!databaseEncryptedAtRest) {
    return attention(
      'encryption',
      'Names and e-mail addresses lie in clear in the files of the database: encrypt their volume, then say so with DATABASE_ENCRYPTED_AT_REST=yes.',
    )
  }
  const isRemote = !/^(localhost|127\.|\[::1\])/.test(new URL(databaseUrl).hostname)
  if (isRemote && server?.encryptsConnection === false) {
    return attention(
      'encryption',
      'What goes to the database is not encrypted on the way: add sslmode=verify-full to DATABASE_URL.',
    )
  }
  return fine('encryption', 'You have said that the volume under the database is encrypted.')
}

function schemaFinding({ schema: { reached, newest } }: Inspection): Finding {
  if (reached === newest) return fine('schema', `Up to date, at step ${reached}.`)
  if (reached < newest) {
    return attention(
      'schema',
      `At step ${reached} of ${newest}: \`npx roster migrate\`, or the next start, takes the rest.`,
    )
  }
  return broken(
    'schema',
    `At step ${reached}, and this program knows ${newest}: start a newer program, or restore a backup.`,
  )
}

async function peopleFindings(settings: Settings, people: People): Promise<Finding[]> {
  const admins = await people.activeAdmins()
  const standing = await withPasswords((passwords) => standingTestUsers(people, passwords))
  const names = standing.map(({ email }) => email).join(', ')
  return [
    admins === 0
      ? attention('admins', 'Nobody can administer this directory: `npx roster create-admin` adds an admin.')
      : fine('admins', `${counted(admins)} active.`),
    testUserFinding(settings, names),
    ...(await defaultAdminFindings(settings, people, admins)),
    ...deadMailFindings(await people.mailCounts()),
    await backupFinding(settings, people),
    ...(await restoreFindings(people)),
    ...(await erasureFindings(people)),
  ]
}

function testUserFinding({ production, developmentOnNetwork }: Settings, names: string): Finding {
  if (names === '') return fine('test users', 'None is active with the password that the documentation tells.')
  if (production) {
    return broken(
      'test users',
      `${names}: active, with the password that the documentation tells. The server refuses to start.`,
    )
  }
  if (developmentOnNetwork) {
    return attention(
      'test users',
      `${names}: active, with the password that the documentation tells, and served on the network.`,
    )
  }
  return fine('test users', `${names}: active, as development has them.`)
}

/** What becomes of the admin in the settings, and whether they have done their duty: to make the first other admin. */
async function defaultAdminFindings(
  { mounts, serviceModuleDefaultAdmin: login }: Settings,
  { users, facts }: People,
  admins: number,
): Promise<Finding[]> {
  if (login === null) return []
  if (mounts['service-module'] === null)
    return [attention('default admin', 'Nobody is made of SERVICE_MODULE_DEFAULT_ADMIN: service-module is off.')]
  const { email } = login
  const user = await users.byClaim('email', email)
  if (user === null) {
    const known = { users: { ...users, activeAdmins: () => Promise.resolve(admins) }, facts }
    const says = (await isDefaultAdminDue(known, email))
      ? 'nobody yet; the next start adds an admin'
      : 'deleted or renamed; stays so while another admin is active'
    return [fine('default admin', `${email}: ${says}.`)]
  }
  if (user.role !== 'admin' || user.status !== 'active') {
    const is = [...(user.role === 'admin' ? [] : ['no admin']), ...(user.status === 'active' ? [] : [user.status])]
    return [
      attention(
        'default admin',
        `${email}: ${is.join(' and ')}. A start leaves alone whoever is there: unset SERVICE_MODULE_DEFAULT_ADMIN, or change the user.`,
      ),
    ]
  }
  if (admins === 1) return [fine('default admin', `${email}: active, as nobody else administers this directory.`)]
  return [
    attention(
      'default admin',
      `${email}: still active, though another admin is. Deactivate them: their password stands in the settings.`,
    ),
  ]
}

async function clockFinding({ people, server }: Inspection): Promise<Finding> {
  const nowMs = Date.now()
  if (nowMs < programIsOfMs)
    return broken('clock', 'This machine believes to be in a time before this program was made.')
  if (server !== null && Math.abs(server.nowMs - nowMs) > clockOffMsMax) {
    const seconds = Math.round(Math.abs(server.nowMs - nowMs) / 1000)
    return attention(
      'clock',
      `This machine and the database are ${counted(seconds)} seconds apart: have both set by the network.`,
    )
  }
  if (((await people?.newestAtMs()) ?? 0) > nowMs + clockOffMsMax) {
    return attention(
      'clock',
      'Somebody was added at a time that has yet to come: this machine is late, or was early once.',
    )
  }
  return fine('clock', 'Sane.')
}

function doorFindings(settings: Settings): Finding[] {
  const doors = looserDoors(settings)
  if (doors.length === 0) return [fine('passwords', "No contract takes a password that the house's rule would refuse.")]
  return doors.map(({ contract, rule }) =>
    attention(
      'passwords',
      `${contract} takes passwords ${looseness(rule)}; PASSWORD_FLOOR=house applies the house's rule everywhere.`,
    ),
  )
}

function passkeyFinding(settings: Settings): Finding {
  const { origin, trouble } = passkeySite(settings)
  switch (trouble) {
    case null:
      return fine('passkeys', `Browsers make and use them at ${origin}, and nowhere else.`)
    case 'address_without_name':
      return attention('passkeys', `No browser makes one at ${origin}: give PUBLIC_URL a host name, not an IP address.`)
    case 'address_not_encrypted':
      return attention('passkeys', `No browser makes one at ${origin}: put TLS in front, and https in PUBLIC_URL.`)
  }
}

function looseness({ lengthMin, fourKinds, uncommon, impersonal }: PasswordRule): string {
  const parts = [
    `of ${lengthMin} characters`,
    ...(fourKinds ? [] : ['of any kind of character']),
    ...(uncommon ? [] : ['that are common']),
    ...(impersonal === true ? [] : [`that ${impersonal === false ? 'name' : 'hold the name of'} the person`]),
  ]
  return parts.join(', ')
}

/** Whether it would take mail of ours; none is sent. */
async function mailServerFinding(settings: Settings): Promise<Finding> {
  const smtp = smtpOf(settings)
  if (smtp === null) {
    return settings.production
      ? attention('mail', 'No mail is sent, it waits: name a mail server in SMTP_URL.')
      : fine('mail', 'No mail is sent: development keeps it in a mailbox.')
  }
  const trouble = await smtp.trouble()
  smtp.close()
  if (trouble === null) return fine('mail', `${settings.smtp?.host} takes our mail.`)
  return attention(
    'mail',
    `${settings.smtp?.host} takes no mail of ours (${trouble}); it is tried again for three days.`,
  )
}

/** Whether what people upload is looked at by a scanner that answers; none is sent anything. */
async function scannerFinding(settings: Settings): Promise<Finding> {
  const clamd = clamdOf(settings)
  if (clamd === null)
    return attention(
      'scanner',
      'What people upload is decoded and made anew, but not scanned: name a ClamAV in CLAMD_URL.',
    )
  const trouble = await clamd.trouble()
  if (trouble === null) return scannedLengthFinding(clamd)
  return attention('scanner', `No ClamAV answers at CLAMD_URL (${trouble}): nothing can be uploaded until one does.`)
}

/** Asked with as many zeros as the largest picture has bytes. */
async function scannedLengthFinding(clamd: Pick<Clamd, 'troubleWithLargest'>): Promise<Finding> {
  const trouble = await clamd.troubleWithLargest()
  if (trouble === null)
    return fine('scanner', 'ClamAV answers at CLAMD_URL, and takes files as large as any picture may be.')
  if (trouble !== 'file_too_long')
    return attention('scanner', `ClamAV answers at CLAMD_URL, but scanned no file of ours (${trouble}).`)
  return attention(
    'scanner',
    'ClamAV takes no files of 5 MB, so large pictures are refused: set its StreamMaxLength to 5M or more.',
  )
}

function deadMailFindings({ dead }: { dead: number }): Finding[] {
  return dead === 0
    ? []
    : [attention('mail', `Given up: ${counted(dead)}. GET /api/mail?state=dead shows to whom and why.`)]
}

/** The disk of a database server cannot be seen from here. */
async function diskFindings({ databaseUrl, dataDirectory }: Settings): Promise<Finding[]> {
  if (databaseUrl !== null) return []
  const { bavail, bsize } = await statfs(nearest(resolve(dataDirectory)))
  const freeBytes = bavail * bsize
  const says = `${counted(Math.floor(freeBytes / mebibyte))} MiB are free under ${dataDirectory}.`
  if (freeBytes < freeBytesMin) return [broken('disk', `${says} Nothing can be written for much longer.`)]
  const needed = (await stat(directoryFiles({ dataDirectory }).database).catch(() => null))?.size ?? 0
  if (freeBytes < needed)
    return [attention('disk', `${says} A backup or a restore there needs ${counted(Math.ceil(needed / mebibyte))}.`)]
  return [freeBytes < freeBytesFew ? attention('disk', says) : fine('disk', says)]
}

function nearest(path: string): string {
  return existsSync(path) || path === dirname(path) ? path : nearest(dirname(path))
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : typeof thrown
}
