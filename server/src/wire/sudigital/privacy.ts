import { eraseUser } from '../../core/erasures/erase-user.ts'
import type { Erasure } from '../../core/erasures/erasure.ts'
import { exportUser } from '../../core/personal-data/export-user.ts'
import { type Answer, json, stream } from '../../http/answer.ts'
import { versionsWanted } from '../../http/conditional.ts'
import type { Call } from '../../http/contract.ts'
import { phrase } from '../../http/phrasebook.ts'
import { instant } from './present.ts'
import { writePersonalExport } from './present-personal-data.ts'
import { refusals } from './refusals.ts'
import { ownId } from './users.ts'

export async function exportOne(call: Call): Promise<Answer> {
  return exportOf(call, call.params.id ?? '')
}

export async function exportOwn(call: Call): Promise<Answer> {
  return exportOf(call, ownId(call))
}

async function exportOf({ core, actor }: Call, id: string): Promise<Answer> {
  const found = await exportUser(core, actor, id)
  if (!found.ok) return phrase(refusals, found.refusal)
  const headers = { 'cache-control': 'no-store' }
  return stream(200, 'application/json; charset=utf-8', writePersonalExport(found.value), headers)
}

export async function erase({ core, actor, params, headers }: Call): Promise<Answer> {
  const erased = await eraseUser(core, actor, params.id ?? '', { versions: versionsWanted(headers['if-match']) })
  return erased.ok ? json(200, { data: presentErasure(erased.value) }) : phrase(refusals, erased.refusal)
}

function presentErasure({ id, userId, cause, erased, atMs, sweptAtMs, finishedAtMs }: Erasure) {
  return {
    id,
    userId,
    cause,
    erased,
    erasedAt: instant(atMs),
    sweptAt: sweptAtMs === null ? null : instant(sweptAtMs),
    finishedAt: finishedAtMs === null ? null : instant(finishedAtMs),
  }
}
