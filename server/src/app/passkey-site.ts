import { type Site, siteAt } from '../adapters/passkeys.ts'
import type { Settings } from './settings.ts'

/** Where browsers make and use passkeys of this directory, or why they do not. */
export function passkeySite({ publicUrl }: Pick<Settings, 'publicUrl'>): Site {
  return siteAt(publicUrl)
}
