import { createHash } from 'node:crypto'

/**
 * A strong validator (RFC 9110, section 8.8.3): `"<version>-<digest>"`. The digest tells representations apart, the version alone decides
 * whether somebody else saved first.
 */
export function entityTag(version: number, representation: string): string {
  return `"${version}-${createHash('sha256').update(representation).digest('base64url').slice(0, digestLength)}"`
}

const digestLength = 22

/** Whether `If-None-Match` names none of what the caller would get, so that the whole answer is due (section 13.1.2, weak comparison). */
export function matchesNoneOf(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return true
  if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return false
  const tags = tagsIn(ifNoneMatch)
  return tags === null || !tags.some(({ tag }) => tag === etag)
}

/**
 * The versions that `If-Match` would accept: null when it was not sent, `any` for `*`. Weak tags match nothing (section 13.1.1), and a header
 * that cannot be read names no version, so that a condition never passes by mistake.
 */
export function versionsWanted(ifMatch: string | undefined): readonly number[] | 'any' | null {
  if (ifMatch === undefined) return null
  if (ifMatch.trim() === '*') return 'any'
  return (tagsIn(ifMatch) ?? []).filter(({ weak }) => !weak).flatMap(({ tag }) => versionIn(tag))
}

type Tag = { readonly weak: boolean; readonly tag: string }

/** Null when the header is no list of tags. */
function tagsIn(header: string): Tag[] | null {
  const list = /^(?:W\/)?"[^"\x00-\x20\x7f]*"(?:[ \t]*,[ \t]*(?:W\/)?"[^"\x00-\x20\x7f]*")*$/
  const trimmed = header.trim()
  if (!list.test(trimmed)) return null
  return [...trimmed.matchAll(/(W\/)?("[^"]*")/g)].map(([, weak, tag = '']) => ({ weak: weak !== undefined, tag }))
}

/** `"7"`, or `"7-"` and whatever digest: the version part. */
function versionIn(tag: string): number[] {
  const [, digits] = /^"(\d{1,15})(?:-[^"]*)?"$/.exec(tag) ?? []
  return digits === undefined ? [] : [Number(digits)]
}
