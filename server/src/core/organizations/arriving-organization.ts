import { type Form, startReading } from '../form.ts'
import { limits } from '../limits.ts'
import { grant, type Outcome, refuse } from '../outcome.ts'
import type { Core } from '../ports.ts'
import type { Parsed } from '../users/text.ts'
import { parseInstant } from '../users/values.ts'
import {
  type NewOrganization,
  type OrganizationId,
  parseOrganizationId,
  parseOrganizationName,
  parseSlug,
} from './organization.ts'

/** An organization as a file holds it. */
export interface ImportedOrganizationValues {
  /** Any UUID that no organization has. */
  id: string
  /** Its own if it is free. */
  number: number
  name: string
  slug: string
  version: number
  createdAt: string
  updatedAt: string
}

/** An organization that was kept elsewhere, ready to be added. Plain data. */
export interface ArrivingOrganization {
  readonly organization: NewOrganization
  /** Null for the next one. */
  readonly number: number | null
}

/** Who belongs to it stands in the lines of users. */
export function readArrivingOrganization(
  core: Pick<Core, 'clock' | 'ids'>,
  { values, faults }: Form<ImportedOrganizationValues>,
): Outcome<ArrivingOrganization, 'invalid'> {
  const reading = startReading(faults)
  reading.need('name', values.name)
  reading.need('slug', values.slug)
  const name = reading.read('name', values.name, parseOrganizationName)
  const slug = reading.read('slug', values.slug, parseSlug)
  const id = reading.read('id', values.id, parseOrganizationId) ?? (core.ids.next() as OrganizationId)
  const createdAtMs = reading.read('createdAt', values.createdAt, parseInstant) ?? core.clock()
  const updatedAtMs = reading.read('updatedAt', values.updatedAt, parseInstant) ?? createdAtMs
  const version = reading.read('version', values.version, parseImportedVersion) ?? 1
  const number = reading.read('number', values.number, parseImportedNumber) ?? null
  if (reading.faults.length > 0 || name === undefined || slug === undefined)
    return refuse({ code: 'invalid', faults: reading.faults })
  return grant({ organization: { id, name, slug, version, createdAtMs, updatedAtMs }, number })
}

/** Those that leave room for many more behind them. */
export function parseImportedNumber(sent: number): Parsed<number> {
  return from1To(limits.importedNumberMax, sent)
}

export function parseImportedVersion(sent: number): Parsed<number> {
  return from1To(limits.importedVersionMax, sent)
}

function from1To(max: number, sent: number): Parsed<number> {
  const min = 1
  return sent >= min && sent <= max ? { value: sent } : { flaw: { flaw: 'out_of_range', min, max } }
}
