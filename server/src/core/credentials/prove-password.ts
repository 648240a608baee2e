import type { Actor } from '../actor.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Guess } from '../ports.ts'
import { nobody, type User } from '../users/user.ts'
import { guessesAtName, guessesAtNobody, guessesAtPassword, guessesAtUser } from './guessed-at.ts'
import { lockIfLast } from './lock-account.ts'

/** What somebody sends to prove who they are. */
export interface Claim {
  /** The name that they typed; null where it is known who they are. */
  readonly name: string | null
  /** Who is called that; null when nobody is. */
  readonly user: User | null
  readonly password: string
}

export interface Proved {
  readonly user: User
  /** Whoever acts on the proof makes sure, in the same transaction, that this is still the one. */
  readonly verifiedHash: string
  /**
   * Makes a hash of today's of the same password, to be kept in place of one that was made elsewhere; null where there is no need, or no room to
   * hash. Not made before somebody asks: the proof takes as long as that of a wrong password.
   */
  readonly renew: () => Promise<string | null>
  /** The password alone does not let this user in: they have a second factor. */
  readonly isGuarded: boolean
}

/**
 * Looks whether the password is the user's. There is no other way to find out, so all doors count together, and each attempt counts before
 * anything is looked at. A name that nobody has costs the same work and gets the same answer.
 */
export async function provePassword(
  core: Pick<Core, 'commit' | 'directory' | 'guesses' | 'later' | 'passwords'>,
  actor: Actor,
  { name, user, password }: Claim,
): Promise<Outcome<Proved, 'too_many_guesses' | 'busy' | 'wrong_credentials'>> {
  const account = user === null ? guessesAtNobody(name ?? '') : guessesAtPassword(user.id)
  const guess = await core.guesses.begin(name === null ? [account] : [guessesAtName(name), account], actor.origin.ip)
  if (!guess.ok) return guess
  const [kept, isGuarded] = await Promise.all([
    core.directory.credentials.passwordHash(user?.id ?? nobody),
    core.directory.factors.guards(user?.id ?? nobody),
  ])
  const hash = guess.value.isSpent ? null : kept
  const verified = await core.passwords.verify(hash, password)
  if (!verified.ok) {
    await guess.value.withdraw()
    return verified
  }
  if (!verified.value || user === null || hash === null) {
    core.later(noteWrong(core, actor, guess.value, { name, user }))
    return refuse({ code: 'wrong_credentials' })
  }
  const forgiven = guess.value.forgive(guessesAtUser(user))
  // Where the right password is told what a wrong one is told, it is told as soon.
  if (isGuarded) core.later(forgiven)
  else await forgiven
  return grant({ user, verifiedHash: hash, renew: () => renewedHash(core, hash, password), isGuarded })
}

async function renewedHash({ passwords }: Pick<Core, 'passwords'>, kept: string, password: string) {
  if (passwords.isOwn(kept)) return null
  const hashed = await passwords.hash(password)
  return hashed.ok ? hashed.value : null
}

async function noteWrong(
  core: Pick<Core, 'commit'>,
  actor: Actor,
  guess: Guess,
  { name, user }: Pick<Claim, 'name' | 'user'>,
): Promise<void> {
  const isSignIn = name !== null
  if (isSignIn && user !== null) await core.commit('record-sign-in-failure', { actor, id: user.id })
  await lockIfLast(core, actor, guess, { id: user?.id ?? null, told: 'account_locked' })
}
