import { limits } from '../limits.ts'
import type { Name, UserReads } from '../ports.ts'
import type { EntryRefusal } from '../refusals.ts'
import type { Arrival } from './arrival.ts'
import { canonical } from './text.ts'
import type { NewUser, UserId } from './user.ts'

/**
 * Tells those who can have their ids and names from the others, in their order. `seen` is what was given away before; what these get is added, up
 * to the limit.
 */
export async function whoIsFree<Candidate extends { readonly place: number; readonly arrival: Arrival }>(
  users: Pick<UserReads, 'everAmong' | 'heldAmong'>,
  candidates: readonly Candidate[],
  seen: Set<string>,
): Promise<{ free: Candidate[]; refused: { place: number; refusal: EntryRefusal }[] }> {
  const had = await users.everAmong(candidates.map(({ arrival }) => arrival.user.id))
  const held = await users.heldAmong(candidates.flatMap(({ arrival }) => namesOf(arrival.user)))
  const before = new Set([...had.map(keyOfId), ...held.map(keyOf)])
  const refused: { place: number; refusal: EntryRefusal }[] = []
  const free = candidates.filter(({ place, arrival }) => {
    const refusal = refusalOf(arrival.user, (key) => before.has(key) || seen.has(key))
    if (refusal !== null) refused.push({ place, refusal })
    else if (seen.size < limits.importNamesRememberedMax) for (const key of keysOf(arrival.user)) seen.add(key)
    return refusal === null
  })
  return { free, refused }
}

function refusalOf(user: NewUser, isTaken: (key: string) => boolean): EntryRefusal | null {
  if (isTaken(keyOfId(user.id))) return { code: 'id_taken' }
  const lost = namesOf(user).find((name) => isTaken(keyOf(name)))
  return lost === undefined ? null : { code: `${lost.kind}_taken` }
}

function namesOf({ email, username }: NewUser): Name[] {
  const names: Name[] = []
  if (email !== null) names.push({ kind: 'email', value: email })
  if (username !== null) names.push({ kind: 'username', value: username })
  return names
}

function keysOf(user: NewUser): string[] {
  return [keyOfId(user.id), ...namesOf(user).map(keyOf)]
}

function keyOf({ kind, value }: Name): string {
  return `${kind}:${canonical(value)}`
}

function keyOfId(id: UserId): string {
  return `id:${id}`
}
