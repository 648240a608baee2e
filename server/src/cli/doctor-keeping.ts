import { type Inspection, lastBackupFact, type People } from '../app/inspection.ts'
import { restoredFact } from '../app/restored.ts'
import type { Settings } from '../app/settings.ts'
import { counted } from './command.ts'
import { attention, broken, type Finding, fine } from './finding.ts'

const mebibyte = 1024 * 1024
/** Half a gigabyte is looked through in about a second. */
const lookedThroughBytesMax = 1024 * mebibyte
const dayMs = 24 * 3600 * 1000
const backupDaysMax = 7

/** Each page of the embedded file is read, decrypted and put in its place, unless there are too many of them to wait for. */
export function integrityFindings({ file }: Inspection): Finding[] {
  if (file === null) return []
  if (file.bytes > lookedThroughBytesMax) {
    const size = counted(Math.ceil(file.bytes / mebibyte))
    return [
      fine('integrity', `Not looked at: the database has ${size} MiB. A restore looks through the whole of a backup.`),
    ]
  }
  return [
    file.isSound()
      ? fine('integrity', 'The whole of the database can be read.')
      : broken('integrity', 'The database is damaged: restore it from a backup.'),
  ]
}

/** Only what `roster backup` has noted is known; whoever backs up otherwise knows better. */
export async function backupFinding({ production }: Settings, { facts }: People): Promise<Finding> {
  const madeAt = await facts.valueOf(lastBackupFact)
  if (madeAt === null) {
    return production
      ? attention('backup', 'None was made yet: `npx roster backup` makes one.')
      : fine('backup', 'Development needs none; `npx roster backup` makes one.')
  }
  const days = Math.floor((Date.now() - Date.parse(madeAt)) / dayMs)
  const says = `The last was made on ${madeAt}.`
  return days <= backupDaysMax
    ? fine('backup', says)
    : attention('backup', `${says} That is ${counted(days)} days ago.`)
}

export async function restoreFindings({ facts }: People): Promise<Finding[]> {
  if ((await facts.valueOf(restoredFact)) === null) return []
  return [
    attention(
      'restore',
      'Not finished: the next start erases again whom it has to, and ends the sessions of the backup.',
    ),
  ]
}

export async function erasureFindings({ erasuresOwed }: People): Promise<Finding[]> {
  const { owed, isAll } = await erasuresOwed(Date.now() - dayMs)
  if (owed === 0) return []
  const says = `${isAll ? '' : 'At least '}${counted(owed)} erased more than a day ago, and traces in files are still owed: a running server does that; its log says what keeps it (erasures-unfinished).`
  return [attention('erasures', says)]
}

/** Where it may not, no erasure is finished. */
export function statisticsFindings({ server }: Inspection): Finding[] {
  if (server === null || server.mayCleanStatistics) return []
  return [
    attention(
      'erasures',
      'None is finished: only the owner of the database may have pg_statistic written anew, which keeps values of erased people. Make our role that: ALTER DATABASE … OWNER TO ….',
    ),
  ]
}
