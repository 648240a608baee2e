import { listFellows } from '../../core/fellows/list-fellows.ts'
import { form, type Reading, startReading } from '../../core/form.ts'
import { limits } from '../../core/limits.ts'
import type { MatchKey, MatchOrder } from '../../core/ports.ts'
import type { Parsed } from '../../core/users/text.ts'
import { oneOf } from '../../core/users/values.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Call } from '../../http/contract.ts'
import { phrase } from '../../http/phrasebook.ts'
import { readQuery } from '../../http/query.ts'
import { readFilter } from './filter.ts'
import { presentRow, type RowField, rowFields } from './present.ts'
import { refusals } from './refusals.ts'

const options = ['$filter', '$skip', '$top', '$orderby', '$count', '$select'] as const
type Asked = Partial<Record<(typeof options)[number], string>>

/** What is asked as OData asks it (OData 4.01, “URL Conventions”, section 5.1). */
export async function list({ core, actor, query }: Call): Promise<Answer> {
  const { values, faults } = readQuery(query, options)
  const reading = startReading(faults)
  const question = readQuestion(values, reading)
  const fields = reading.read('$select', values.$select, parseFields) ?? rowFields.shown
  const listed = await listFellows(core, actor, form(question, reading.faults))
  if (!listed.ok) return phrase(refusals, listed.refusal)
  const { users, total } = listed.value
  const value = users.map((user) => presentRow(user, fields))
  return json(200, total === null ? { value } : { value, count: total })
}

function readQuestion(asked: Asked, { read }: Reading) {
  return {
    where: read('$filter', asked.$filter, parseFilter) ?? null,
    skip: read('$skip', asked.$skip, (sent) => parseNumber(sent, limits.pageMax)) ?? 0,
    top: read('$top', asked.$top, (sent) => parseNumber(sent, limits.matchesShownMax)) ?? limits.matchesShownDefault,
    order: read('$orderby', asked.$orderby, parseOrder) ?? [],
    count: read('$count', asked.$count, (sent) => oneOf(['true', 'false'], sent)) !== 'false',
  }
}

function parseFilter(sent: string) {
  const read = readFilter(sent)
  if ('filter' in read) return { value: read.filter }
  return { flaw: { flaw: 'unreadable', trouble: read.trouble, position: read.position } } as const
}

function parseNumber(sent: string, max: number): Parsed<number> {
  if (!/^-?\d+$/.test(sent)) return { flaw: { flaw: 'wrong_type', expected: 'integer' } }
  const number = Number(sent)
  return number < 0 || number > max ? { flaw: { flaw: 'out_of_range', min: 0, max } } : { value: number }
}

/** `lastName desc,id`: each field once. */
function parseOrder(sent: string): Parsed<readonly MatchOrder[]> {
  const order: MatchOrder[] = []
  let at = 0
  for (const part of sent.split(',').slice(0, rowFields.all.length + 1)) {
    const [name = '', direction = 'asc', ...others] = part.split(' ').filter((word) => word !== '')
    const field = rowFields.all.find((known) => known === name)
    if (field === undefined) return { flaw: { flaw: 'not_one_of', values: rowFields.all } }
    if (order.some(({ by }) => by === keyOf[field])) return { flaw: { flaw: 'repeated' } }
    if ((direction !== 'asc' && direction !== 'desc') || others.length > 0) {
      const position = at + part.indexOf(name) + 1
      return { flaw: { flaw: 'unreadable', trouble: 'After this field comes asc or desc, or nothing.', position } }
    }
    order.push({ by: keyOf[field], direction })
    at += part.length + 1
  }
  return { value: order }
}

const keyOf: Readonly<Record<RowField, MatchKey>> = {
  id: 'number',
  username: 'username',
  email: 'email',
  firstName: 'firstName',
  lastName: 'lastName',
  status: 'status',
  createdAt: 'createdAtMs',
  updatedAt: 'updatedAtMs',
}

function parseFields(sent: string): Parsed<readonly RowField[]> {
  const names = sent.split(',').map((name) => name.trim())
  const isKnown = names.every((name) => rowFields.all.some((field) => field === name))
  return isKnown
    ? { value: rowFields.all.filter((field) => names.includes(field)) }
    : { flaw: { flaw: 'not_one_of', values: rowFields.all } }
}
