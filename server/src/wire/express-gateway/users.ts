import { houseRule } from '../../core/credentials/password-rule.ts'
import { type Form, form } from '../../core/form.ts'
import { limits } from '../../core/limits.ts'
import { createUser, type NewUserValues } from '../../core/users/create-user.ts'
import { deleteUser } from '../../core/users/delete-user.ts'
import { sliceUsers } from '../../core/users/list-users.ts'
import type { UserChangeValues } from '../../core/users/read-changes.ts'
import { findUser } from '../../core/users/read-user.ts'
import { setUserStatus } from '../../core/users/set-user-status.ts'
import { parseText } from '../../core/users/text.ts'
import { updateUser } from '../../core/users/update-user.ts'
import { type Answer, empty, json, jsonText } from '../../http/answer.ts'
import { asAsked } from '../../http/as-asked.ts'
import type { Call } from '../../http/contract.ts'
import { compileForm, readForm } from '../../http/forms.ts'
import { phrase } from '../../http/phrasebook.ts'
import { coerceScalars } from './coercion.ts'
import { nextKeyAfter, readSlice } from './paging.ts'
import { writePage, writeUser } from './present.ts'
import { refusals, statusRefusals } from './refusals.ts'
import { createBody, statusBody, updateBody } from './schema.ts'

const createForm = compileForm(createBody)
const updateForm = compileForm(updateBody)
const statusForm = compileForm(statusBody)

export async function list({ core, actor, query }: Call): Promise<Answer> {
  const slice = readSlice(query)
  if ('faults' in slice) return phrase(refusals, { code: 'invalid', faults: slice.faults })
  const listed = await sliceUsers(core, actor, slice)
  if (!listed.ok) return phrase(refusals, listed.refusal)
  const { users, total } = listed.value
  return jsonText(200, writePage(users, nextKeyAfter(slice, users.length, total)))
}

export async function create({ core, actor, body }: Call): Promise<Answer> {
  const created = await createUser(core, actor, readNewUser(body), houseRule)
  return created.ok ? jsonText(200, writeUser(created.value)) : phrase(refusals, created.refusal)
}

export async function read({ core, actor, params }: Call): Promise<Answer> {
  const found = await findUser(core, actor, params.id ?? '')
  return found.ok ? jsonText(200, writeUser(found.value)) : phrase(refusals, found.refusal)
}

/** Where nobody answers to the name, it is passed on as an id: what is wrong with the body is said before the user is not found. */
export async function update({ core, actor, params, body }: Call): Promise<Answer> {
  const wanted = params.id ?? ''
  const found = await findUser(core, actor, wanted)
  if (!found.ok && found.refusal.code === 'not_allowed') return phrase(refusals, found.refusal)
  const id = found.ok ? found.value.id : wanted
  const updated = await updateUser(core, actor, id, { form: readChanges(body), versions: null })
  return updated.ok ? jsonText(200, writeUser(updated.value)) : phrase(refusals, asAsked(updated.refusal, wanted))
}

export async function remove({ core, actor, params }: Call): Promise<Answer> {
  const wanted = params.id ?? ''
  const found = await findUser(core, actor, wanted)
  if (!found.ok) return phrase(refusals, found.refusal)
  const deleted = await deleteUser(core, actor, found.value.id, { versions: null, finality: 'final' })
  return deleted.ok ? empty(204) : phrase(refusals, asAsked(deleted.refusal, wanted))
}

/**
 * Asking for what is so already writes nothing; else the boolean `true` activates, and anything else deactivates. A pending user counts as
 * inactive.
 */
export async function setStatus({ core, actor, params, body }: Call): Promise<Answer> {
  const wanted = params.id ?? ''
  const { values, faults } = readForm(statusForm, body)
  const found = await findUser(core, actor, wanted)
  if (!found.ok && found.refusal.code === 'not_allowed') return phrase(statusRefusals, found.refusal)
  if (faults.length > 0) return phrase(statusRefusals, { code: 'invalid', faults })
  if (!found.ok) return phrase(statusRefusals, found.refusal)
  const isActive = found.value.status === 'active'
  if (values.status === isActive) return json(200, { status: isActive ? 'Active' : 'Inactive' })
  const activates = values.status === true
  const set = await setUserStatus(core, actor, found.value.id, activates ? 'active' : 'inactive')
  if (!set.ok) return phrase(statusRefusals, asAsked(set.refusal, wanted))
  return json(200, { status: activates ? 'Activated' : 'Deactivated' })
}

/** New users are active at once; no body counts as an empty one. */
function readNewUser(body: unknown): Form<NewUserValues> {
  const { values, faults } = readForm(createForm, coerceScalars(body === undefined ? {} : body))
  const { firstname, lastname, username, email, redirectUri } = values
  const sent = {
    username,
    firstName: isBlank(firstname) ? undefined : firstname,
    lastName: isBlank(lastname) ? undefined : lastname,
    email,
    redirectUri,
    status: 'active',
  }
  return form(withoutAbsent<NewUserValues>(sent), faults)
}

/** A value that is shown as `''`, or not at all, is removed by sending `''`. Unknown properties come before every other fault. */
function readChanges(body: unknown): Form<UserChangeValues> {
  const { values, faults } = readForm(updateForm, coerceScalars(body === undefined ? {} : body))
  const unknown = faults.filter(({ flaw }) => flaw === 'unknown_field')
  if (unknown.length > 0) return form({}, unknown)
  const { firstname, lastname, email, redirectUri } = values
  const sent = {
    firstName: isBlank(firstname) ? null : firstname,
    lastName: isBlank(lastname) ? null : lastname,
    email: email === '' ? null : email,
    redirectUri: redirectUri === '' ? null : redirectUri,
  }
  return form(withoutAbsent<UserChangeValues>(sent), faults)
}

/** Whether nothing is left of a name when blanks are trimmed. */
function isBlank(sent: string | undefined): boolean {
  if (sent === undefined) return false
  const text = parseText(sent, limits.nameLengthMax)
  return 'value' in text && text.value === ''
}

function withoutAbsent<Values extends object>(sent: { [Key in keyof Values]?: Values[Key] | undefined }) {
  return Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined)) as Partial<Values>
}
