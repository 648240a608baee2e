import type { SettingsInForce } from '@sudigital/client'
import { groupNames, groupOf, type LimitShown, limitInWords } from './limit-words.ts'

type Setting = SettingsInForce['settings'][number]

export interface Found {
  readonly chapters: readonly (readonly [string, readonly Setting[]])[]
  readonly limits: readonly (readonly [string, readonly LimitShown[]])[]
  /** Of settings and limits together. */
  readonly count: number
}

/** What of all settings and limits holds every word that is looked for, in their chapters and groups. */
export function findSettings({ settings, limits }: SettingsInForce, sought: string): Found {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean)
  const holds = (...texts: (string | null)[]) => {
    const text = texts.join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  }
  const found = settings.filter(({ name, chapter, description, value }) => holds(name, chapter, description, value))
  const shown = limits
    .map(({ name, value }) => ({ group: groupOf(name), ...limitInWords(name, value) }))
    .filter(({ group, name, label, value }) => holds(group, name, label, value))
  return {
    chapters: [...Map.groupBy(found, ({ chapter }) => chapter)],
    limits: groupNames
      .map((group) => [group, shown.filter((limit) => limit.group === group)] as const)
      .filter(([, those]) => those.length > 0),
    count: found.length + shown.length,
  }
}
