import type { PasswordRule } from '../../core/credentials/password-rule.ts'
import { setPassword } from '../../core/credentials/set-password.ts'
import { form } from '../../core/form.ts'
import { grant, type Outcome, refuse } from '../../core/outcome.ts'
import type { Fault, RefusalCode } from '../../core/refusals.ts'
import { signInBriefly } from '../../core/sessions/sign-in.ts'
import { createUser } from '../../core/users/create-user.ts'
import { deleteUser } from '../../core/users/delete-user.ts'
import { parseEmail } from '../../core/users/names.ts'
import type { UserChangeValues } from '../../core/users/read-changes.ts'
import { findUserByEmail } from '../../core/users/read-user.ts'
import { lengthOf } from '../../core/users/text.ts'
import { updateUser } from '../../core/users/update-user.ts'
import { nobody } from '../../core/users/user.ts'
import { type Answer, empty, json } from '../../http/answer.ts'
import type { Call } from '../../http/contract.ts'
import { compileForm, readForm } from '../../http/forms.ts'
import { phrase } from '../../http/phrasebook.ts'
import { refusals } from './refusals.ts'
import { loginBody, passwordBody, updateBody } from './schema.ts'

/** The samples in the product's documentation stand in every list of common passwords. */
export const longPassword: PasswordRule = { lengthMin: 10, fourKinds: false, uncommon: false, impersonal: false }

const loginForm = compileForm(loginBody)
const updateForm = compileForm(updateBody)
const passwordForm = compileForm(passwordBody)

export async function token({ core, actor, body }: Call): Promise<Answer> {
  const { values, faults } = readForm(loginForm, given(body))
  const found = [...faults, ...blankIn(values), ...flawInEmail(values.email), ...flawInBlank(values.password)]
  const signedIn = await signInBriefly(core, actor, form(values, found))
  if (!signedIn.ok) return phrase(refusals, signedIn.refusal)
  const { accessToken, expiresInSeconds } = signedIn.value
  return json(200, { tokenType: 'Bearer', accessToken, expiresIn: expiresInSeconds })
}

/** New users are active at once, and are sent nothing that they did not ask for. */
export async function create({ core, actor, body }: Call): Promise<Answer> {
  const { values, faults } = readForm(loginForm, given(body))
  const sent = { ...values, status: 'active', notifiedByEmail: false }
  const created = await createUser(core, actor, form(sent, [...faults, ...blankIn(values)]), longPassword)
  return done(created, 201)
}

export async function update(call: Call): Promise<Answer> {
  const { core, actor, body } = call
  const { values, faults } = readForm(updateForm, given(body))
  const type = wordIn(values.type, ['user', 'admin'])
  const status = wordIn(values.status, ['active', 'inactive'])
  const changes: Partial<UserChangeValues> = {}
  if (type !== null) changes.administers = type === 'admin'
  if (status !== null) changes.status = status
  const isEmpty = faults.length === 0 && type === null && status === null
  const missing: Fault[] = isEmpty ? ['type', 'status'].map((field) => ({ field, flaw: 'missing' })) : []
  const named = await userIn(call)
  if (!named.ok) return phrase(refusals, named.refusal)
  const changed = form(changes, [...named.value.flaws, ...faults, ...missing])
  return done(await updateUser(core, actor, named.value.id, { form: changed, versions: null }), 204)
}

/** The product's documentation calls it `newPassword`, its code `password`; who sends both means the first. */
export async function changePassword(call: Call): Promise<Answer> {
  const { core, actor, body } = call
  const sent = given(body)
  const { values, faults } = readForm(
    passwordForm,
    isRecord(sent) ? withoutNulls({ newPassword: sent.newPassword ?? sent.password }) : sent,
  )
  const named = await userIn(call)
  if (!named.ok) return phrase(refusals, named.refusal)
  const found = [...named.value.flaws, ...faults, ...blankIn({ password: values.newPassword })]
  return done(
    await setPassword(core, actor, named.value.id, form(values, found), { rule: longPassword, same: 'is refused' }),
    204,
  )
}

export async function remove(call: Call): Promise<Answer> {
  const named = await userIn(call)
  if (!named.ok) return phrase(refusals, named.refusal)
  const { id, flaws } = named.value
  if (flaws.length > 0) return phrase(refusals, { code: 'invalid', faults: flaws })
  return done(await deleteUser(call.core, call.actor, id, { versions: null, finality: 'final' }), 204)
}

/** Whom the path names, or nobody: what is wrong with the body is said before that. */
async function userIn({ core, actor, params }: Call): Promise<Outcome<Named, 'not_allowed'>> {
  const { email = '' } = params
  const parsed = parseEmail(email)
  const found = await findUserByEmail(core, actor, 'value' in parsed ? parsed.value : '')
  if (!found.ok && found.refusal.code === 'not_allowed') return refuse(found.refusal)
  if ('flaw' in parsed) return grant({ id: nobody, flaws: [...blankIn({ email }), ...flawInEmail(email)] })
  return grant({ id: found.ok ? found.value.id : nobody, flaws: [] })
}

interface Named {
  readonly id: string
  readonly flaws: readonly Fault[]
}

type Refused = Extract<RefusalCode, keyof typeof refusals>

function done(outcome: Outcome<unknown, Refused>, status: 201 | 204): Answer {
  return outcome.ok ? empty(status) : phrase(refusals, outcome.refusal)
}

/** No body is as good as an empty one. */
function given(body: unknown): unknown {
  if (body === undefined || body === null) return {}
  return isRecord(body) ? withoutNulls(body) : body
}

function isRecord(body: unknown): body is Record<string, unknown> {
  return typeof body === 'object' && body !== null && !Array.isArray(body)
}

function withoutNulls(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== undefined))
}

function blankIn({ email, password }: { email?: string | undefined; password?: string | undefined }): Fault[] {
  const isBlank = (sent: string | undefined) => sent !== undefined && sent.trim() === ''
  const blank = (field: string): Fault => ({ field, flaw: 'blank' })
  return [...(isBlank(email) ? [blank('email')] : []), ...(isBlank(password) ? [blank('password')] : [])]
}

function flawInEmail(sent: string | undefined): Fault[] {
  const parsed = sent === undefined ? null : parseEmail(sent)
  return parsed !== null && 'flaw' in parsed ? [{ field: 'email', ...parsed.flaw }] : []
}

/** A password of any length may prove who somebody is, so the rule of new ones is held against an empty one only. */
function flawInBlank(sent: string | undefined): Fault[] {
  const length = sent?.trim() === '' ? lengthOf(sent) : longPassword.lengthMin
  return length < longPassword.lengthMin
    ? [{ field: 'password', flaw: 'too_short', min: longPassword.lengthMin, length }]
    : []
}

function wordIn(sent: unknown, words: readonly string[]): string | null {
  const word = typeof sent === 'string' ? sent.trim().toLowerCase() : null
  return word !== null && words.includes(word) ? word : null
}
