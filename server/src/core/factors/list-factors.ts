import type { Actor } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core } from '../ports.ts'
import { inPerson } from '../sessions/in-person.ts'
import { parseUserId } from '../users/names.ts'
import { type Page, type PageValues, readPage } from '../users/page.ts'
import type { Factor } from './factor.ts'

export interface FactorPage extends Page<Factor> {
  readonly recoveryCodesLeft: number
}

/** What guards one's own account or, for admins, anybody's; in order of creation. */
export async function listFactors(
  core: Pick<Core, 'directory'>,
  actor: Actor,
  wanted: string,
  form: Form<PageValues>,
): Promise<Outcome<FactorPage, 'not_in_person' | 'not_allowed' | 'invalid' | 'user_not_found'>> {
  const caller = inPerson(actor)
  if (caller === null) return refuse({ code: 'not_in_person' })
  if (wanted.toLowerCase() !== caller.id && !may(actor, 'factors:manage'))
    return refuse({ code: 'not_allowed', needs: 'factors:manage' })
  const reading = startReading(form.faults)
  const id = reading.read('id', wanted, parseUserId)
  const { page, limit } = readPage(form.values, reading, limits.factorsPageSizeDefault)
  if (reading.faults.length > 0 || id === undefined) return invalid(reading.faults)
  if ((await core.directory.users.byId(id)) === null) return refuse({ code: 'user_not_found', wanted })
  const { factors, recoveryCodesLeft } = await core.directory.factors.ofUser(id)
  const items = factors.slice((page - 1) * limit, page * limit)
  return grant({ items, page, limit, total: factors.length, recoveryCodesLeft })
}
