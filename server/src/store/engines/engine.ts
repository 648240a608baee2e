import type { RateLimiterAbstract } from '#rate-limiter-flexible'
import type { CommitInput, CommitName, CommitOutcome } from '../../core/commits.ts'
import type { UserId } from '../../core/users/user.ts'
import type { Queries } from '../queries.ts'
import type { ReadingInput, ReadingName, ReadingResult } from '../readings.ts'

/** One way of keeping a directory. Everything that differs between the two lies behind this. */
export interface Engine {
  readonly name: 'sqlite' | 'postgres'
  /** For look-ups and pages of bounded cost, on the thread that serves requests. Reads only. */
  readonly here: Queries
  /** Runs one of `readings` where it holds nobody up. */
  aside<Name extends ReadingName>(name: Name, input: ReadingInput<Name>): Promise<ReadingResult<Name>>
  /**
   * Runs one of `commits` in a transaction of its own, rolled back when it refuses. Resolves when it is durable, `onTouched` has been told,
   * and, where it revoked anything, every other node knows or has stopped trusting what it remembers.
   */
  commit<Name extends CommitName>(name: Name, input: CommitInput<Name>, nowMs: number): Promise<CommitOutcome<Name>>
  /** Of what rows have left in files that are deleted by now. Not for a command beside a server, whose own jobs do it. */
  beginCleaning(): Cleaning
  /** Fills an empty directory faster than it takes changes; null where others may use it, and where it makes no difference. */
  readonly filling: Filling | null
  /** Whether other nodes may serve the directory beside this one. */
  readonly isShared: boolean
  /** Whether what was remembered may be trusted at this instant. */
  readonly trustsMemory: () => boolean
  /** How long a record may be remembered, though nobody said that it changed: sign-ins on other nodes are not announced. */
  readonly rememberMsMax: number
  /**
   * Told of users who were changed, here or on another node, before the change is answered here; of `everybody` when this node may have
   * missed such news.
   */
  onTouched(listener: (who: readonly UserId[] | 'everybody') => void): void
  /** Told when a transaction that went through this process has left mail to be sent; of other processes' mail nobody is told. */
  onMail(listener: () => void): void
  /** A counter shared by all nodes of the directory. */
  limiter(options: { prefix: string; points: number; seconds: number }): RateLimiterAbstract
  /** Settles, with the reason, when nothing can be kept any more until the process starts anew. */
  readonly lost: Promise<Error>
  /** Throws when the database does not answer. */
  ping(): Promise<void>
  /** Finishes what was accepted, then closes files and connections cleanly. */
  close(): Promise<void>
}

/**
 * Takes it out as far as that holds up nobody for long, and goes on where it was when it is asked again, which is of use until it answers something else than
 * `not_now` or `still_seen`. `stop` has it leave the rest for another time.
 */
export type Cleaning = (stop: AbortSignal) => Promise<Cleanliness>

/**
 * `clean`: nothing is left of what was deleted before it was begun. Some of it may be left while others are at work, while somebody may still see it, or until the
 * directory is opened the next time, and is cleaned by that, or until the database's role may do more than it may now.
 */
export type Cleanliness = 'clean' | 'not_now' | 'still_seen' | 'when_opened' | 'not_allowed'

export interface Filling {
  /** From here on nobody is found by lists and searches until it ends. False, and nothing is begun, when the directory is not empty. */
  begin(): Promise<boolean>
  /** Makes what lists and searches go by. Whoever opens a directory where it was not made ends it first. */
  end(): Promise<void>
}

/** How a user was touched: a change of the record revokes, a sign-in does not, and nobody can remember one who was not there before. */
export type Touch = 'record' | 'sign_in' | 'created'

/** A fault of the database that the caller should hear as “not available at the moment”. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable'
}

/** The database was migrated by a newer program than this one. */
export class DatabaseTooNew extends Error {
  override readonly name = 'DatabaseTooNew'
}
