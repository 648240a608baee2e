import { listActivity } from '../../core/activity/list-activity.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Call } from '../../http/contract.ts'
import { phrase } from '../../http/phrasebook.ts'
import { readQuery } from '../../http/query.ts'
import { presentActivityPage } from './present.ts'
import { refusals } from './refusals.ts'
import { ownId } from './users.ts'

export async function activity(call: Call): Promise<Answer> {
  return activityOf(call, call.params.id ?? '')
}

export async function myActivity(call: Call): Promise<Answer> {
  return activityOf(call, ownId(call))
}

async function activityOf({ core, actor, query }: Call, id: string): Promise<Answer> {
  const form = readQuery(query, ['page', 'limit', 'type', 'from', 'to'])
  const listed = await listActivity(core, actor, id, form)
  if (!listed.ok) return phrase(refusals, listed.refusal)
  return json(200, presentActivityPage(listed.value), { 'cache-control': 'private, no-cache' })
}
