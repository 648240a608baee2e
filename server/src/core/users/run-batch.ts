import type { Actor } from '../actor.ts'
import { houseRule } from '../credentials/password-rule.ts'
import { type Form, invalid } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Transaction, Unsettled } from '../ports.ts'
import type { Fault, OperationRefusal, RefusedOperation } from '../refusals.ts'
import { presentStanding } from '../sessions/present-standing.ts'
import {
  type Creation,
  commitCreateUser,
  draftUser,
  hashDraft,
  type NewUserValues,
  type UserDraft,
} from './create-user.ts'
import { commitDeleteUser, type DeletionWanted, readDeletion } from './delete-user.ts'
import type { UserChangeValues } from './read-changes.ts'
import { commitRestoreUser, type Restoration, readRestoration } from './restore-user.ts'
import { commitUpdateUser, readUpdate, type Update } from './update-user.ts'
import { isActiveAdmin, type User } from './user.ts'
import type { WantedVersions } from './versions.ts'

/** One thing to be done, as far as the contract could read it. */
export type Operation =
  | { readonly op: 'create'; readonly form: Form<NewUserValues> }
  | {
      readonly op: 'update'
      readonly wanted: string
      readonly form: Form<UserChangeValues>
      readonly versions: WantedVersions
    }
  | {
      readonly op: 'delete'
      readonly wanted: string
      readonly versions: WantedVersions
      readonly faults: readonly Fault[]
    }
  | { readonly op: 'restore'; readonly wanted: string; readonly faults: readonly Fault[] }
  | { readonly op: 'unknown'; readonly faults: readonly Fault[] }

export interface BatchValues {
  atomic: boolean
  operations: readonly Operation[]
}

/** What came of one operation: what its own use-case would have answered. */
export type Done = Outcome<User, OperationRefusal['code']>

type BatchCore = Pick<Core, 'commit' | 'passwords' | 'clock' | 'ids' | 'policy' | 'directory'>

/**
 * Does many things to users, each as its own use-case would: all of them or none (`atomic`), or each by itself, in order. Answers what came of
 * each, in the same order; of an atomic batch all are granted. An atomic batch is judged by what it comes to: names may be swapped, and an
 * admin may go whose successor comes later in it.
 */
export async function runBatch(
  core: BatchCore,
  actor: Actor,
  { values, faults }: Form<BatchValues>,
): Promise<Outcome<readonly Done[], 'invalid' | 'busy' | 'batch_aborted'>> {
  const { atomic, operations = [] } = values
  const passwords = operations.filter((operation) => operation.op === 'create' && setsPassword(operation.form))
  const max = limits.batchPasswordsMax
  const excess: Fault[] = passwords.length > max ? [{ field: 'operations', flaw: 'too_many_passwords', max }] : []
  if (atomic === undefined || faults.length + excess.length > 0) return invalid([...faults, ...excess])
  if (atomic) return doTogether(core, actor, operations)
  const done: Done[] = []
  for (const [place, operation] of operations.entries()) done.push(await doAlone(core, actor, operation, place))
  return grant(done)
}

/** What is wrong is found and told of all operations before a password is hashed or a transaction begun. */
async function doTogether(
  core: BatchCore,
  actor: Actor,
  operations: readonly Operation[],
): Promise<Outcome<readonly Done[], 'busy' | 'batch_aborted'>> {
  const drafts: Draft[] = []
  const refusals: RefusedOperation[] = []
  for (const [place, operation] of operations.entries()) {
    const read = await readOperation(core, actor, operation)
    if (read.ok) drafts.push(read.value)
    else refusals.push({ place, refusal: read.refusal })
  }
  if (refusals.length > 0) return refuse({ code: 'batch_aborted', refusals })
  const steps: Step[] = []
  for (const draft of drafts) {
    const step = await makeReady(core, draft)
    if (!step.ok) return step
    steps.push(step.value)
  }
  const kept = await core.commit('run-batch', { steps })
  return kept.ok ? grant(kept.value.map(grant)) : kept
}

/** Each operation is a transaction, so a batch may outlive the standing of its caller: that is asked again every time. */
async function doAlone(core: BatchCore, actor: Actor, operation: Operation, place: number): Promise<Done> {
  const present = await presentStanding(core, actor)
  if (!present.ok) return present
  const read = await readOperation(core, present.value, operation)
  if (!read.ok) return read
  const step = await makeReady(core, read.value)
  if (!step.ok) return step
  const { name, input } = step.value
  return core.commit(name, input as Creation & Update & DeletionWanted & Restoration, place)
}

/** What is ready for a transaction: the second half of a use-case, and its input. */
type Step =
  | { readonly name: 'create-user'; readonly input: Creation }
  | { readonly name: 'update-user'; readonly input: Update }
  | { readonly name: 'delete-user'; readonly input: DeletionWanted }
  | { readonly name: 'restore-user'; readonly input: Restoration }

/** … but for a password to be hashed. */
type Draft = { readonly name: 'draft'; readonly draft: UserDraft } | Exclude<Step, { name: 'create-user' }>

async function readOperation(
  core: BatchCore,
  actor: Actor,
  operation: Operation,
): Promise<Outcome<Draft, 'not_allowed' | 'invalid'>> {
  switch (operation.op) {
    case 'create': {
      const read = await draftUser(core, actor, operation.form, houseRule)
      return read.ok ? grant({ name: 'draft', draft: read.value }) : read
    }
    case 'update': {
      const read = readUpdate(actor, operation.wanted, operation)
      return read.ok ? grant({ name: 'update-user', input: read.value }) : read
    }
    case 'delete': {
      const { wanted, versions, faults } = operation
      const read = withFaults(readDeletion(actor, wanted, { versions, finality: 'restorable' }), faults)
      return read.ok ? grant({ name: 'delete-user', input: read.value }) : read
    }
    case 'restore': {
      const read = withFaults(readRestoration(core, actor, operation.wanted), operation.faults)
      return read.ok ? grant({ name: 'restore-user', input: read.value }) : read
    }
    case 'unknown':
      return invalid(operation.faults)
  }
}

/** Permission first: whoever may not do it is told no faults. */
function withFaults<T>(
  read: Outcome<T, 'not_allowed' | 'invalid'>,
  faults: readonly Fault[],
): Outcome<T, 'not_allowed' | 'invalid'> {
  if (faults.length === 0 || (!read.ok && read.refusal.code === 'not_allowed')) return read
  return invalid(read.ok || read.refusal.code !== 'invalid' ? faults : [...faults, ...read.refusal.faults])
}

async function makeReady(core: Pick<Core, 'passwords'>, draft: Draft): Promise<Outcome<Step, 'busy'>> {
  if (draft.name !== 'draft') return grant(draft)
  const hashed = await hashDraft(core, draft.draft)
  return hashed.ok ? grant({ name: 'create-user', input: hashed.value }) : hashed
}

function setsPassword({ values, faults }: Form<NewUserValues>): boolean {
  return values.password !== undefined || faults.some(({ field }) => field === 'password')
}

/** All or nothing. Every operation is tried, so that all refusals are told. */
export async function commitBatch(
  transaction: Transaction,
  { steps }: { steps: readonly Step[] },
): Promise<Outcome<readonly User[], 'batch_aborted'>> {
  const { store } = transaction
  await store.users.hold(steps.flatMap((step) => (step.name === 'create-user' ? [] : [step.input.id])))
  store.users.putOff()
  const users: User[] = []
  const results: (User | null)[] = []
  const refusals: RefusedOperation[] = []
  for (const [place, step] of steps.entries()) {
    const done = await commitStep(transaction, step)
    results.push(done.ok ? done.value : null)
    if (done.ok) users.push(done.value)
    else refusals.push({ place, refusal: done.refusal })
  }
  const unsettled = await store.users.settle()
  refusals.push(...unsettled.map((one) => refusalOf(one, steps, results)))
  if (refusals.length === 0) return grant(users)
  return refuse({ code: 'batch_aborted', refusals: refusals.sort((one, other) => one.place - other.place) })
}

async function commitStep(transaction: Transaction, step: Step): Promise<Done> {
  switch (step.name) {
    case 'create-user':
      return commitCreateUser(transaction, step.input)
    case 'update-user':
      return commitUpdateUser(transaction, step.input)
    case 'delete-user':
      return commitDeleteUser(transaction, step.input)
    case 'restore-user':
      return commitRestoreUser(transaction, step.input)
  }
}

/** The operation that made the user what they cannot stay: the first after which they were, to the end, what they are. */
function refusalOf({ userId, code }: Unsettled, steps: readonly Step[], results: readonly (User | null)[]) {
  const last = results.findLast((user) => user?.id === userId)
  let place = results.length
  for (const [at, user] of [...results.entries()].reverse()) {
    if (user?.id !== userId) continue
    if (!isAlike(user, last, code)) break
    place = at
  }
  const refusal: OperationRefusal =
    code !== 'last_admin' && steps[place]?.name === 'restore-user'
      ? { code: 'not_restorable', because: code }
      : { code }
  return { place, refusal }
}

function isAlike(user: User, last: User | null | undefined, code: Unsettled['code']): boolean {
  if (code === 'last_admin') return !isActiveAdmin(user)
  if (user.deletion !== null) return false
  return code === 'email_taken' ? user.email === last?.email : user.username === last?.username
}
