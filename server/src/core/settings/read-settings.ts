import type { Actor } from '../actor.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import { may } from '../permissions.ts'
import type { Core } from '../ports.ts'
import type { SettingShown } from './setting-shown.ts'

/** Every setting and every limit in force; no secret is among them. */
export function readSettingsInForce(
  core: Pick<Core, 'settings'>,
  actor: Actor,
): Outcome<{ settings: readonly SettingShown[]; limits: Readonly<Record<string, number>> }, 'not_allowed'> {
  if (!may(actor, 'settings:read')) return refuse({ code: 'not_allowed', needs: 'settings:read' })
  return grant({ settings: core.settings, limits })
}
