import type { Called, LogEntry } from '@sudigital/client'
import { client } from '../../client/client.ts'
import { startOfDay } from '../../session/days.ts'
import { nameOf } from '../../session/session.tsx'
import type { ActivitySearch } from './search.ts'

/** An entry, and who it names; null for those who are not here any more, or not for the reader to know. */
export interface NamedEntry extends LogEntry {
  readonly account: Called | null
  readonly doer: Called | null
}

/** A page of the record with everybody in it named, by one request. */
export async function listEntries(
  { type, actor, user, from, to }: Omit<ActivitySearch, 'entry'>,
  { timeZone, ...place }: { readonly timeZone: string; readonly cursor?: string; readonly limit?: number },
  options: { readonly signal: AbortSignal },
) {
  const { data, meta } = await client.activity.list(
    {
      type,
      actor,
      user,
      from: from === undefined ? undefined : startOfDay(from, timeZone),
      to: to === undefined ? undefined : startOfDay(to, timeZone, 1),
      names: true,
      ...place,
    },
    options,
  )
  const people = new Map(meta.people?.map((person) => [person.id, person]))
  const entries: NamedEntry[] = data.map((entry) => ({
    ...entry,
    account: people.get(entry.userId) ?? null,
    doer: people.get(entry.metadata.actor ?? '') ?? null,
  }))
  return { data: entries, meta }
}

/** Whose account it is, in words. */
export function accountOf({ account }: NamedEntry): string {
  return account === null ? 'Somebody not here any more' : nameOf(account)
}

/** Who did it, in words. */
export function doerOf({ userId, metadata: { actor, ip, impersonating }, doer }: NamedEntry): string {
  if (actor === null) return ip === null ? 'Roster itself' : 'Nobody signed in'
  if (actor === userId) return 'Themselves'
  const name = doer === null ? 'Somebody else' : nameOf(doer)
  return impersonating ? `${name}, in their stead` : name
}

/** What is said of an entry beyond its type, on one line. */
export function detailOf({ metadata: { changed, from, to, name } }: NamedEntry): string | null {
  if (from !== undefined && to !== undefined) return `From ${from} to ${to}`
  if (changed !== undefined && changed.length > 0) return changed.map(fieldInWords).join(', ')
  return name ?? null
}

/** `profile.jobTitle` → “profile: job title” */
export function fieldInWords(field: string): string {
  return field
    .replaceAll('.', ': ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
}

/** The entries as lines of a table, for a file. */
export function rowsOf(entries: readonly NamedEntry[]): string[][] {
  const head = ['time', 'type', 'what', 'detail', 'account', 'accountId', 'by', 'byId', 'address', 'program']
  return [
    head,
    ...entries.map((entry) => [
      entry.createdAt,
      entry.type,
      entry.description,
      detailOf(entry) ?? '',
      entry.account?.email ?? accountOf(entry),
      entry.userId,
      entry.doer?.email ?? doerOf(entry),
      entry.metadata.actor ?? '',
      entry.metadata.ip ?? '',
      entry.metadata.userAgent ?? '',
    ]),
  ]
}
