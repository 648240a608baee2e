import type { Actor } from '../actor.ts'
import { invalid } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core } from '../ports.ts'
import { parseId } from '../users/names.ts'
import type { Import, ImportId } from './import.ts'

/** One of which nothing was heard for a while has lost its node: it is stopped. */
export async function readImport(
  core: Pick<Core, 'directory' | 'clock'>,
  actor: Actor,
  wanted: string,
): Promise<Outcome<Import, 'not_allowed' | 'invalid' | 'import_not_found'>> {
  if (!may(actor, 'users:roles')) return refuse({ code: 'not_allowed', needs: 'users:roles' })
  const id = parseId<ImportId>(wanted)
  if ('flaw' in id) return invalid([{ field: 'id', ...id.flaw }])
  const found = await core.directory.imports.byId(id.value)
  if (found === null) return refuse({ code: 'import_not_found' })
  const isLost = found.state === 'running' && core.clock() - found.updatedAtMs > limits.importSilenceMsMax
  return grant(isLost ? { ...found, state: 'stopped' } : found)
}
