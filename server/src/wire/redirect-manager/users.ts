import { changeOwnPassword } from '../../core/credentials/change-own-password.ts'
import type { PasswordRule } from '../../core/credentials/password-rule.ts'
import { form } from '../../core/form.ts'
import { limits } from '../../core/limits.ts'
import { createUser } from '../../core/users/create-user.ts'
import { deleteUser } from '../../core/users/delete-user.ts'
import { everyUser } from '../../core/users/every-user.ts'
import { type ListValues, listUsers } from '../../core/users/list-users.ts'
import type { UserChangeValues } from '../../core/users/read-changes.ts'
import { updateUser } from '../../core/users/update-user.ts'
import { type Answer, empty, json, stream } from '../../http/answer.ts'
import { asAsked } from '../../http/as-asked.ts'
import type { Call } from '../../http/contract.ts'
import { compileForm, readForm } from '../../http/forms.ts'
import { phrase } from '../../http/phrasebook.ts'
import { presentUser, writeList } from './present.ts'
import { refusals, usernameTaken } from './refusals.ts'
import { createBody, passwordBody, roleBody } from './schema.ts'

export const uncommonPassword: PasswordRule = {
  lengthMin: limits.passwordLengthMin,
  fourKinds: false,
  uncommon: true,
  impersonal: false,
}

const createForm = compileForm(createBody)
const passwordForm = compileForm(passwordBody)
const roleForm = compileForm(roleBody)

/** Everybody, unless a page is asked for. */
export async function list(call: Call): Promise<Answer> {
  const { core, actor, query } = call
  if (query.has('limit') || query.has('cursor')) return listPage(call)
  const everybody = everyUser(core, actor)
  if (!everybody.ok) return phrase(refusals, everybody.refusal)
  return stream(200, 'application/json; charset=utf-8', writeList(everybody.value))
}

async function listPage({ core, actor, query, mount, publicUrl }: Call): Promise<Answer> {
  const limit = query.get('limit') ?? String(limits.pageSizeMax)
  const asked: Partial<ListValues> = {
    limit,
    cursor: query.get('cursor') ?? '',
    sort: 'createdAt',
    order: 'asc',
    count: 'false',
  }
  const faults = ['limit', 'cursor'].flatMap((field) =>
    query.getAll(field).length > 1 ? [{ field, flaw: 'repeated' } as const] : [],
  )
  const listed = await listUsers(core, actor, form(asked, faults))
  if (!listed.ok) return phrase(refusals, listed.refusal)
  const { items, cursor } = listed.value
  const next = cursor?.next ?? null
  const rest = next === null ? null : new URLSearchParams({ limit, cursor: next })
  const link = rest === null ? {} : { link: `<${publicUrl}${mount}/api/v1/users?${rest}>; rel="next"` }
  return json(200, items.map(presentUser), link)
}

/** New users are active at once, and have no e-mail address. */
export async function create({ core, actor, body }: Call): Promise<Answer> {
  const { values, faults } = readForm(createForm, body ?? {})
  const { username, password, role = 'USER' } = values
  const sent = {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    role: role === 'ADMIN' ? 'admin' : 'user',
    status: 'active',
  }
  const created = await createUser(core, actor, form(sent, faults), uncommonPassword)
  if (created.ok) return json(201, presentUser(created.value))
  const { refusal } = created
  return refusal.code === 'username_taken' ? usernameTaken(username ?? '') : phrase(refusals, refusal)
}

/** The calling session stays, all others end. */
export async function changePassword({ core, actor, body }: Call): Promise<Answer> {
  const { values, faults } = readForm(passwordForm, body ?? {})
  const { password, newPassword } = values
  const sent = {
    ...(password === undefined ? {} : { currentPassword: password }),
    ...(newPassword === undefined ? {} : { newPassword }),
  }
  const inCoreNames = faults.map((fault) =>
    fault.field === 'password' ? { ...fault, field: 'currentPassword' } : fault,
  )
  const changed = await changeOwnPassword(core, actor, form(sent, inCoreNames), uncommonPassword)
  return changed.ok ? empty(204) : phrase(refusals, changed.refusal)
}

/** Setting the role that is shown changes nothing: not that of a viewer either, who is shown as `USER`. */
export async function changeRole({ core, actor, params, body }: Call): Promise<Answer> {
  const wanted = params.id ?? ''
  const { values, faults } = readForm(roleForm, body ?? {})
  const changes: Partial<UserChangeValues> = values.role === undefined ? {} : { administers: values.role === 'ADMIN' }
  const updated = await updateUser(core, actor, wanted, { form: form(changes, faults), versions: null })
  return updated.ok ? json(200, presentUser(updated.value)) : phrase(refusals, asAsked(updated.refusal, wanted))
}

export async function remove({ core, actor, params }: Call): Promise<Answer> {
  const wanted = params.id ?? ''
  const deleted = await deleteUser(core, actor, wanted, { versions: null, finality: 'restorable' })
  return deleted.ok ? empty(204) : phrase(refusals, asAsked(deleted.refusal, wanted))
}
