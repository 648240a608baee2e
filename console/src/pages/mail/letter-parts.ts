interface Part {
  /** Where in the text it begins. */
  readonly at: number
  readonly part: string
  readonly isLink: boolean
}

/** A text in parts: the links in it that lead to an origin, and what is between them. */
export function partsOf(text: string, origin: string): readonly Part[] {
  const parts: Part[] = []
  let at = 0
  for (const { 0: found, index } of text.matchAll(/https?:\/\/[^\s<>"]+/g)) {
    const link = found.replace(/[.,;:!?)\]]+$/, '')
    if (!leadsTo(link, origin)) continue
    if (index > at) parts.push({ at, part: text.slice(at, index), isLink: false })
    parts.push({ at: index, part: link, isLink: true })
    at = index + link.length
  }
  if (at < text.length) parts.push({ at, part: text.slice(at), isLink: false })
  return parts
}

function leadsTo(link: string, origin: string): boolean {
  return URL.canParse(link) && new URL(link).origin === origin
}
