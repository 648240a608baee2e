import type { Actor } from '../actor.ts'
import { houseRule } from '../credentials/password-rule.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { type Outcome, refuse } from '../outcome.ts'
import type { Core, TakenCode, Transaction } from '../ports.ts'
import { type Creation, commitCreateUser, readNewUser } from '../users/create-user.ts'
import type { User } from '../users/user.ts'
import { closeSetUp, isSetUpOver, readSetUpLinks, setUpFacts } from './set-up-links.ts'

export interface SetUpValues {
  token: string
  email: string
  password: string
  firstName: string
  lastName: string
}

/**
 * Makes the first admin, for whoever holds the link that a server without one has printed. The token comes first: whoever has none that stands is
 * told nothing of the rest, and nothing is hashed for them. Of any number of callers with any number of links one becomes it. Nobody is signed in.
 */
export async function setUpDirectory(
  core: Pick<Core, 'commit' | 'directory' | 'passwords' | 'secrets' | 'clock' | 'ids' | 'policy'>,
  actor: Actor,
  form: Form<SetUpValues>,
): Promise<Outcome<User, 'invalid' | 'busy' | 'link_over' | TakenCode>> {
  const { token, ...values } = form.values
  const reading = startReading(form.faults)
  reading.need('token', token)
  if (token === undefined) return invalid(reading.faults)
  const digest = await standingDigest(core, token)
  if (digest === null) return refuse({ code: 'link_over' })
  const asked = { ...values, role: 'admin', status: 'active' }
  const { user, password } = readNewUser(core, asked, reading, houseRule, await core.passwords.common())
  reading.need('password', values.password)
  if (reading.faults.length > 0 || password === undefined) return invalid(reading.faults)
  const hashed = await core.passwords.hash(password)
  if (!hashed.ok) return hashed
  return core.commit('set-up-directory', { actor, user, passwordHash: hashed.value, digest })
}

/** That of the link whose token it is, if that stands. */
async function standingDigest(
  { directory, secrets, clock }: Pick<Core, 'directory' | 'secrets' | 'clock'>,
  token: string,
): Promise<string | null> {
  const links = readSetUpLinks(await directory.facts.valueOf(setUpFacts.links), clock())
  return links.find(({ digest }) => secrets.isOf(digest, 'set-up', token))?.digest ?? null
}

export async function commitSetUpDirectory(
  transaction: Transaction,
  { digest, ...creation }: Creation & { readonly digest: string },
): Promise<Outcome<User, 'link_over' | TakenCode>> {
  const { store, nowMs } = transaction
  // Holds the links, so that of many one goes on and the others find none.
  const links = readSetUpLinks(await store.facts.valueOf(setUpFacts.links), nowMs)
  const stands = links.some((link) => link.digest === digest) && !(await isSetUpOver(store))
  if (!stands) return refuse({ code: 'link_over' })
  await closeSetUp(store)
  const created = await commitCreateUser(transaction, creation)
  // Whoever became an admin by another way at the same time was waited for only where admins are counted.
  return created.ok && (await store.counts.activeAdmins()) > 1 ? refuse({ code: 'link_over' }) : created
}
