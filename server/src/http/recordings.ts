/**
 * Recorded exchanges: what a contract promises, readable as a page. A page is Markdown: a heading that says in a sentence what is so, then fenced
 * blocks, `http` for a request and `http` for its answer in turn, in the form of RFC 9112 without lengths; prose between them is for readers.
 * `{{name}}`, or `{{name:kind}}` where it shows for the first time, stands for a value that is not known beforehand. Tests replay the pages, and
 * the API description takes its examples from them.
 */
export interface Recording {
  readonly title: string
  readonly exchanges: readonly Exchange[]
  /** Lines of the `stored` blocks: what the directory holds afterwards. */
  readonly stored: readonly string[]
}

export interface Exchange {
  readonly request: string
  readonly answer: string
  /** Where it stands, for whoever has to look. */
  readonly place: string
}

/** Throws when the page is no recording; `name` is that of its file. */
export function readRecording(markdown: string, name: string): Recording {
  const title = /^# (.+)$/m.exec(markdown)?.[1]
  if (title === undefined) throw new Error(`${name} has no heading`)
  const blocks = [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(({ 1: kind, 2: text = '', index }) => ({
    kind,
    text: text.replace(/\n$/, ''),
    place: `${name}:${markdown.slice(0, index).split('\n').length}`,
  }))
  const messages = blocks.filter(({ kind }) => kind === 'http')
  const exchanges: Exchange[] = []
  for (let index = 0; index < messages.length; index += 2) {
    const [request, answer] = messages.slice(index, index + 2)
    if (!request || !answer) throw new Error(`${request?.place} has no answer`)
    if (!answer.text.startsWith('HTTP/1.1 ')) throw new Error(`${answer.place} is no answer`)
    exchanges.push({ request: request.text, answer: answer.text, place: request.place })
  }
  if (exchanges.length === 0) throw new Error(`${name} has no exchanges`)
  const stored = blocks.filter(({ kind }) => kind === 'stored').flatMap(({ text }) => text.split('\n'))
  return { title, exchanges, stored: stored.filter((line) => line !== '') }
}

export interface Message {
  readonly line: string
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

export function readMessage(text: string): Message {
  const [head = '', ...rest] = text.split('\n\n')
  const [line = '', ...fields] = head.split('\n')
  const headers = fields.map((field): [string, string] => {
    const colon = field.indexOf(':')
    return [field.slice(0, colon).trim().toLowerCase(), field.slice(colon + 1).trim()]
  })
  return { line, headers: new Map(headers), body: rest.join('\n\n') }
}

/** `{{name}}` or `{{name:kind}}`. */
export const placeholder = /\{\{(\w+)(?::(\w+))?\}\}/
