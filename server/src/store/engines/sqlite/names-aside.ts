import { randomBytes } from 'node:crypto'
import type { User } from '../../../core/users/user.ts'
import { type Claim, type Claimant, claimsOf } from '../../claims.ts'
import type { NamesAside } from '../../queries.ts'
import type { Connection } from './connection.ts'

/** An import asks for numbers up to a thousand million, and those behind count on from there. */
const numberMax = 2 ** 32 - 1
const firstSlots = 2 ** 16
/** Of a hundred slots. */
const filledMax = 70

/**
 * Who has which name, for a connection whose transactions add people with numbers and do nothing else. Names are found by hashes of them, eight bytes
 * each, and the users decide: what a transaction took back leaves a hash behind of which they know nothing.
 */
export function openNamesAside(connection: Connection): NamesAside & { forget(): void } {
  const holder = connection.prepare('select email, username from users where number = ? and deleted_at is null')
  const holders = connection.prepare('select number, email, username from users where deleted_at is null')
  const seed = randomBytes(4).readUInt32LE()
  let known: Slots | null = null

  function slots(): Slots {
    if (known !== null) return known
    known = openSlots()
    for (const row of holders.iterate() as IterableIterator<Named & { number: number }>)
      for (const claim of namesOf(row)) known.put(hashOf(claim, seed), row.number)
    return known
  }

  /** Whether somebody has the name but the user of this number. */
  function isHeld({ kind, value }: Claim, suspects: readonly number[], number: number | null): boolean {
    return suspects.some((suspect) => {
      if (suspect === number) return false
      const named = holder.get([suspect]) as Named | undefined
      return named !== undefined && namesOf(named).some((claim) => claim.kind === kind && claim.value === value)
    })
  }

  return {
    take(claims) {
      const refused: Claimant[] = []
      for (const claim of claims) {
        const { number } = claim
        if (number === null || number > numberMax)
          throw new Error('whoever comes into a directory that is filled has a number that fits')
        const hash = hashOf(claim, seed)
        const suspects = slots().find(hash)
        if (isHeld(claim, suspects, number)) refused.push(claim)
        else if (!suspects.includes(number)) slots().put(hash, number)
      }
      return refused
    },
    held: (claims) => claims.filter((claim) => isHeld(claim, slots().find(hashOf(claim, seed)), null)),
    /** Gives back the memory at once; it is read anew when it is asked for. */
    forget() {
      known?.end()
      known = null
    },
  }
}

type Named = Pick<User, 'email' | 'username'>

function namesOf(named: Named): Claim[] {
  return claimsOf({ ...named, deletion: null })
}

/** FNV-1a over code units from a seed that nobody knows, then mixed: never 0. */
function hashOf({ kind, value }: Claim, seed: number): number {
  let hash = kind === 'email' ? seed : ~seed
  for (let at = 0; at < value.length; at += 1) hash = Math.imul(hash ^ value.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0 || 1
}

interface Slots {
  put(hash: number, number: number): void
  /** The numbers under the hash. */
  find(hash: number): readonly number[]
  /** The memory is given back without waiting for garbage to be gathered. Nothing is asked of them any more. */
  end(): void
}

/** A table with open addressing. */
function openSlots(): Slots {
  let hashes = new Uint32Array(firstSlots)
  let numbers = new Uint32Array(firstSlots)
  let filled = 0
  const placeOf = (hash: number) => Math.floor((hash / 2 ** 32) * hashes.length)
  const after = (place: number) => (place + 1 === hashes.length ? 0 : place + 1)

  function set(hash: number, number: number): void {
    let place = placeOf(hash)
    while (hashes[place] !== 0) place = after(place)
    hashes[place] = hash
    numbers[place] = number
    filled += 1
  }

  function grow(): void {
    const [oldHashes, oldNumbers] = [hashes, numbers]
    hashes = new Uint32Array(oldHashes.length * 2)
    numbers = new Uint32Array(oldHashes.length * 2)
    filled = 0
    for (const [place, hash] of oldHashes.entries()) if (hash !== 0) set(hash, oldNumbers[place] as number)
  }

  return {
    put(hash, number) {
      if ((filled + 1) * 100 > hashes.length * filledMax) grow()
      set(hash, number)
    },
    find(hash) {
      let found = none
      for (let place = placeOf(hash); hashes[place] !== 0; place = after(place))
        if (hashes[place] === hash) found = [...found, numbers[place] as number]
      return found
    },
    end() {
      for (const { buffer } of [hashes, numbers]) buffer.transfer(0)
    },
  }
}

const none: readonly number[] = []
