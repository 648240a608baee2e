import { ApiError, type BodyOf, type OnceOptions, type ResultOf } from '@sudigital/client'
import { client } from '../../../../client/client.ts'
import { explain } from '../../../../client/words.ts'
import type { Person } from '../question.ts'
import type { BulkAction } from './actions.ts'

/** What came of one person: what they have become, or why nothing did. */
export type PersonDone =
  | { readonly person: Person; readonly became: Partial<Person> | 'gone' }
  | { readonly person: Person; readonly why: string }

type Operation = BodyOf<'batchUsers'>['operations'][number]
type Operated = ResultOf<'batchUsers'>['data'][number]

/** Does it with some people, in one request. */
export async function send(
  action: BulkAction,
  people: readonly Person[],
  options: OnceOptions,
): Promise<readonly PersonDone[]> {
  if (action.kind === 'invite') return invite(people, options)
  const operations = people.map(({ id }) => operation(action, id))
  const { data } = await client.users.batch({ atomic: false, operations }, options)
  return people.map((person, place) => told(action, person, data[place]))
}

function operation(action: Exclude<BulkAction, { kind: 'invite' }>, id: string): Operation {
  switch (action.kind) {
    case 'status':
      return { op: 'update', id, body: { status: action.to } }
    case 'role':
      return { op: 'update', id, body: { role: action.to } }
    case 'delete':
    case 'restore':
      return { op: action.kind, id }
  }
}

function told(action: BulkAction, person: Person, done: Operated | undefined): PersonDone {
  if (done === undefined) return { person, why: 'The server said nothing about them.' }
  if ('error' in done) return { person, why: inWords(done.error) }
  return { person, became: action.kind === 'delete' || !('id' in done.data) ? 'gone' : done.data }
}

/** Whoever is pending can be invited; nobody else needs to be. */
async function invite(people: readonly Person[], options: OnceOptions): Promise<readonly PersonDone[]> {
  const invitable = people.filter(({ status, email }) => status === 'pending' && email !== null)
  const invitations = invitable.map(({ email, role, firstName, lastName }) => ({
    email: email ?? '',
    role,
    ...(firstName === null ? {} : { firstName }),
    ...(lastName === null ? {} : { lastName }),
  }))
  const { data } =
    invitations.length === 0 ? { data: [] } : await client.invitations.createMany({ invitations }, {}, options)
  const done: PersonDone[] = people
    .filter((person) => !invitable.includes(person))
    .map((person) => ({ person, why: notInvitable(person) }))
  for (const [place, person] of invitable.entries()) {
    const line = data[place]
    if (line !== undefined && !('error' in line)) done.push({ person, became: {} })
    else if (line?.error.code === 'EMAIL_ALREADY_EXISTS') done.push(await sendAgain(person))
    else done.push({ person, why: line === undefined ? 'The server said nothing about them.' : inWords(line.error) })
  }
  return done
}

function notInvitable({ status, email }: Person): string {
  if (email === null) return 'They have no e-mail address.'
  return status === 'active' ? 'Their account is active: there is nothing to accept.' : 'Their account is inactive.'
}

/** There is no way to send many again at once. */
async function sendAgain(person: Person): Promise<PersonDone> {
  try {
    const { data } = await client.invitations.list({ email: person.email ?? '', state: 'pending', limit: 1 })
    const standing = data[0]
    if (standing === undefined) return { person, why: 'They have an account already.' }
    await client.invitations.resend(standing.id)
    return { person, became: {} }
  } catch (error) {
    if (error instanceof ApiError && error.status === 429)
      return { person, why: 'They were sent one just now. Wait a minute before the next.' }
    if (error instanceof ApiError) return { person, why: explain(error).says }
    throw error
  }
}

const words: Readonly<Record<string, string>> = {
  LAST_ADMIN: 'They are the last active admin. Make somebody else admin first.',
  USER_NOT_FOUND: 'They are not here any more: somebody deleted them meanwhile.',
  NOT_RESTORABLE: 'They cannot come back: somebody else has their address by now, or too much time has passed.',
  INSUFFICIENT_PERMISSIONS: 'You may not do that with them.',
  PRECONDITION_FAILED: 'Somebody else changed them meanwhile.',
}

interface OperationError {
  readonly code: string
  readonly message: string
  readonly details?: readonly { readonly message: string }[]
}

function inWords({ code, message, details = [] }: OperationError): string {
  return words[code] ?? [message, ...details.map((detail) => detail.message)].join('. ')
}
