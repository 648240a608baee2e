import { type Actor, actorId } from '../actor.ts'
import { type Form, invalid, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core, Transaction } from '../ports.ts'
import { presentStanding } from '../sessions/present-standing.ts'
import {
  type ImportCore,
  type ImportEntry,
  importUsers,
  permissionsToImport,
  tryImport,
} from '../users/import-users.ts'
import { oneOf } from '../users/values.ts'
import type { Import, ImportId, ImportProgress } from './import.ts'

export interface StartValues {
  dryRun: string
}

/** Entries with the line that each stood in, as many at a time as one transaction takes. */
export type ImportChunks = AsyncIterable<{ readonly lines: readonly (ImportEntry & { readonly line: number })[] }>

type GoingCore = ImportCore & Pick<Core, 'isClosing'>
type StartCore = GoingCore & Pick<Core, 'later' | 'apart'>

/**
 * Begins to add the people of a file, or to find out what would come of it, and goes on after the answer. Nobody has two files under way. Whoever
 * sent it may be demoted meanwhile: that is asked before each transaction, and whether the program ends. A request that is
 * sent again answers what was begun for it.
 */
export async function startImport(
  core: StartCore,
  actor: Actor,
  form: Form<StartValues>,
  chunks: ImportChunks,
): Promise<Outcome<Import, 'not_allowed' | 'invalid' | 'import_under_way'>> {
  const needs = permissionsToImport(actor)
  if (needs !== null) return refuse({ code: 'not_allowed', needs })
  const reading = startReading(form.faults)
  const dryRun = reading.read('dryRun', form.values.dryRun, (sent) => oneOf(['true', 'false'], sent)) === 'true'
  if (reading.faults.length > 0) return invalid(reading.faults)
  const startedBy = actorId(actor)
  if (startedBy === null) return refuse({ code: 'not_allowed', needs: 'users:roles' })

  const nowMs = core.clock()
  const begun: Import = {
    id: core.ids.next() as ImportId,
    startedBy,
    state: 'running',
    startedAtMs: nowMs,
    updatedAtMs: nowMs,
    progress: { dryRun, lines: 0, added: 0, mailed: 0, organizations: 0, refused: 0, errors: [] },
  }
  const kept = await core.commit('begin-import', begun)
  if (!kept.ok) return kept
  if (kept.value.id === begun.id) core.later(goOn(core.apart, actor, begun, chunks))
  return kept
}

async function goOn(core: GoingCore, actor: Actor, begun: Import, chunks: ImportChunks): Promise<void> {
  let { progress } = begun
  const keep = (state: Import['state']) => {
    const going = { ...begun, state, updatedAtMs: core.clock(), progress }
    return core.commit('keep-import', going)
  }
  try {
    const seen = new Set<string>()
    let notedAtMs = begun.startedAtMs
    for await (const { lines } of chunks) {
      const present = await presentStanding(core, actor)
      if (core.isClosing() || !present.ok || permissionsToImport(present.value) !== null) {
        await keep('stopped')
        return
      }
      const taken = progress.dryRun
        ? await tryImport(core, present.value, lines, seen)
        : await importUsers(core, present.value, lines)
      if (!taken.ok) throw new Error('whoever may import was refused')
      const errors = taken.value.refused.map(({ place: at, refusal }) => ({ line: lines[at]?.line ?? 0, refusal }))
      progress = addUp(progress, { ...taken.value, lines: lines.length, errors })
      if (core.clock() - notedAtMs < limits.importNotedMs) continue
      notedAtMs = core.clock()
      await keep('running')
    }
    await keep('done')
  } catch (fault) {
    await keep('stopped')
    throw fault
  }
}

function addUp(sum: ImportProgress, taken: Omit<ImportProgress, 'dryRun' | 'refused'>): ImportProgress {
  return {
    dryRun: sum.dryRun,
    lines: sum.lines + taken.lines,
    added: sum.added + taken.added,
    mailed: sum.mailed + taken.mailed,
    organizations: sum.organizations + taken.organizations,
    refused: sum.refused + taken.errors.length,
    errors: [...sum.errors, ...taken.errors].slice(0, limits.importErrorsKeptMax),
  }
}

export async function commitBeginImport(
  { store, nowMs }: Transaction,
  begun: Import,
): Promise<Outcome<Import, 'import_under_way'>> {
  // Holds the user: of two who begin at once one waits for the other.
  await store.users.byId(begun.startedBy)
  if (await store.imports.isRunning(begun.startedBy, nowMs - limits.importSilenceMsMax))
    return refuse({ code: 'import_under_way' })
  await store.imports.add(begun)
  return grant(begun)
}

export async function commitKeepImport({ store }: Transaction, going: Import): Promise<Outcome<null, never>> {
  await store.imports.keep(going)
  return grant(null)
}
