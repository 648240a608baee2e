import { readFile } from 'node:fs/promises'

/** Pages that are kept as Markdown in `docs/api`, and the words that lead to them. */
const titles = {
  'quick-start': 'Quick start',
  overview: 'Overview',
  authentication: 'Authentication',
} as const

export type PageName = keyof typeof titles

export const pageNames = Object.keys(titles) as PageName[]

const folder = new URL('../../../../docs/api/', import.meta.url)

/** The address that the Markdown uses is that of a server in development; readers see that of theirs. */
const writtenUrl = 'http://localhost:3001'

/** Where the pages are read: `mount` is that of the house contract, which they are about, `''` for the root. */
export interface Place {
  readonly publicUrl: string
  readonly mount: string
}

/** A contract that is served, and where: `''` for the root. */
export interface Described {
  readonly name: string
  readonly mount: string
}

/** What stands before every path of a server whose public address has a path of its own; `''` where it has none. */
export function rootOf({ publicUrl }: Pick<Place, 'publicUrl'>): string {
  return new URL(publicUrl).pathname.replace(/\/$/, '')
}

export async function renderPage(name: PageName, { publicUrl, mount }: Place): Promise<string> {
  const markdown = await readFile(new URL(`${name}.md`, folder), 'utf8')
  const { Marked } = await import('marked')
  const body = await new Marked({ gfm: true }).parse(
    markdown.replaceAll(`${writtenUrl}/api`, `${publicUrl}${mount}/api`).replaceAll(writtenUrl, publicUrl),
  )
  const root = rootOf({ publicUrl })
  return frame({ title: titles[name], root, current: name }, `<main class="text">\n${linked(body, root)}</main>`)
}

/** The reference is made in the browser, out of the description of the contract at `mount`; it leads to those of the others. */
export function renderReference(place: Place & { readonly described: readonly Described[] }): string {
  const root = rootOf(place)
  const description = escaped(`${root}${place.mount}/openapi.json`)
  const contracts = place.described.map(({ name, mount }) =>
    link(escaped(`${root}/docs${isHouse(name) ? '' : `/${name}`}`), name, mount === place.mount),
  )
  const parts = [
    `<nav aria-label="Contracts">${contracts.join('')}</nav>`,
    `<div id="reference" data-description="${description}"></div>`,
    '<noscript><main class="text"><p>The reference needs JavaScript. The description itself is at ',
    `<a href="${description}">${description}</a>.</p></main></noscript>`,
    `<script src="${escaped(root)}/docs/reference.js"></script>`,
    `<script src="${escaped(root)}/docs/start-reference.js"></script>`,
  ]
  return frame({ title: 'API reference', root, current: null }, parts.join('\n'))
}

/** The pages are about it, and its reference is at `/docs` itself. */
export function isHouse(name: string): boolean {
  return name === 'sudigital'
}

/** Pages link to one another by their files, so that the links also work where the files are read. */
function linked(body: string, root: string): string {
  return body.replace(
    /href="([a-z-]+)\.md(#[^"]*)?"/g,
    (_, name, place = '') => `href="${escaped(root)}/docs/${name}${place}"`,
  )
}

interface Frame {
  readonly title: string
  readonly root: string
  /** Null for the reference. */
  readonly current: PageName | null
}

function frame({ title, root, current }: Frame, body: string): string {
  const docs = escaped(`${root}/docs`)
  const links = pageNames.map((name) => link(`${docs}/${name}`, titles[name], name === current))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · Roster</title>
<link rel="stylesheet" href="${docs}/page.css">
</head>
<body>
<header><strong>Roster</strong><nav aria-label="Documentation">${[...links, link(docs, 'API reference', current === null)].join('')}</nav></header>
${body}
</body>
</html>
`
}

function link(href: string, words: string, isCurrent: boolean): string {
  return `<a href="${href}"${isCurrent ? ' aria-current="page"' : ''}>${words}</a>`
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
