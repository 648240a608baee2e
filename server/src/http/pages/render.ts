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

/** `mount` is that of the house contract, which the pages are about: `''` for the root. */
export async function renderPage(
  name: PageName,
  { publicUrl, mount }: { readonly publicUrl: string; readonly mount: string },
): Promise<string> {
  const markdown = await readFile(new URL(`${name}.md`, folder), 'utf8')
  const { Marked } = await import('marked')
  const body = await new Marked({ gfm: true }).parse(
    markdown.replaceAll(`${writtenUrl}/api`, `${publicUrl}${mount}/api`).replaceAll(writtenUrl, publicUrl),
  )
  return frame(titles[name], `<main class="text">\n${linked(body)}</main>`, name)
}

/** The reference is made in the browser, out of the description that `descriptionPath` leads to. */
export function renderReference(descriptionPath: string): string {
  const parts = [
    `<div id="reference" data-description="${escaped(descriptionPath)}"></div>`,
    '<noscript><main class="text"><p>The reference needs JavaScript. The description itself is at ',
    `<a href="${escaped(descriptionPath)}">${escaped(descriptionPath)}</a>.</p></main></noscript>`,
    '<script src="/docs/reference.js"></script>',
    '<script src="/docs/start-reference.js"></script>',
  ]
  return frame('API reference', parts.join('\n'), null)
}

/** Pages link to one another by their files, so that the links also work where the files are read. */
function linked(body: string): string {
  return body.replace(/href="([a-z-]+)\.md(#[^"]*)?"/g, 'href="/docs/$1$2"')
}

function frame(title: string, body: string, current: PageName | null): string {
  const links = pageNames.map((name) => link(`/docs/${name}`, titles[name], name === current))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · Roster</title>
<link rel="stylesheet" href="/docs/page.css">
</head>
<body>
<header><strong>Roster</strong><nav aria-label="Documentation">${[...links, link('/docs', 'API reference', current === null)].join('')}</nav></header>
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
