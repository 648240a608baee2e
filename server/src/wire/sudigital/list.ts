import type { Form } from '../../core/form.ts'
import { type ListValues, listUsers } from '../../core/users/list-users.ts'
import type { User } from '../../core/users/user.ts'
import { type Answer, jsonText } from '../../http/answer.ts'
import type { Call } from '../../http/contract.ts'
import { phrase } from '../../http/phrasebook.ts'
import { readQuery } from '../../http/query.ts'
import { pickFields, readFields } from './fields.ts'
import { representRow, representUserPage } from './present.ts'
import { refusals } from './refusals.ts'

const parameters = [
  'page',
  'limit',
  'search',
  'role',
  'status',
  'emailVerified',
  'createdFrom',
  'createdTo',
  'updatedFrom',
  'updatedTo',
  'lastLoginFrom',
  'lastLoginTo',
  'sort',
  'order',
  'cursor',
  'count',
  'fields',
] as const

export async function list({ core, actor, query }: Call): Promise<Answer> {
  const fields = readFields(query, 'by id')
  const asked = withSort(readQuery(query, parameters))
  const listed = await listUsers(core, actor, { ...asked, faults: [...asked.faults, ...fields.faults] })
  if (!listed.ok) return phrase(refusals, listed.refusal)
  const represented = (user: User) =>
    fields.fields === null ? representRow(user) : Buffer.from(JSON.stringify(pickFields(user, fields.fields, 'by id')))
  return jsonText(200, representUserPage(listed.value, represented), { 'cache-control': 'private, no-cache' })
}

const sorts = ['created_at', 'createdAt', 'email', 'firstName', 'lastName', 'updatedAt', 'lastLoginAt']

/** The document says `created_at` in the query and `createdAt` in the answer; both are taken. */
function withSort({ values, faults }: Form<ListValues>): Form<ListValues> {
  const { sort, ...others } = values
  if (sort === undefined) return { values, faults }
  if (!sorts.includes(sort))
    return { values: others, faults: [...faults, { field: 'sort', flaw: 'not_one_of', values: sorts }] }
  return { values: { ...others, sort: sort === 'created_at' ? 'createdAt' : sort }, faults }
}
