import type { World } from '../../../server/test/world.ts'
import { blobOf, type RequestFacts, type ResponseFacts } from './exchange.ts'
import type { Names } from './names.ts'

/** Headers of answers that an SDK reads. */
const told = ['content-type', 'etag', 'location', 'retry-after', 'www-authenticate', 'x-request-id']

/** Asks a server what a recorded request says, and tells the answer as it would be recorded. */
export async function ask(world: World, names: Names, facts: RequestFacts): Promise<ResponseFacts> {
  const {
    method,
    path,
    query = {},
    headers = {},
    body,
    form,
  } = JSON.parse(names.reveal(JSON.stringify(facts))) as RequestFacts
  const search = new URLSearchParams(query).toString()
  const sent = Object.entries(headers).map(([name, value]): [string, string] => [name, withKeys(value)])
  const answer = await fetch(`${world.url}${path}${search === '' ? '' : `?${search}`}`, {
    method,
    headers: sent,
    body: form === undefined ? textOf(body) : formOf(form),
    redirect: 'manual',
  })
  return responseFacts(names, answer)
}

export async function responseFacts(names: Names, answer: Response): Promise<ResponseFacts> {
  const text = await answer.text()
  const headers = told.flatMap((name) => {
    const value = answer.headers.get(name)
    return value === null ? [] : [[name, value]]
  })
  const hidden = { status: answer.status, headers: Object.fromEntries(headers) }
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false
  const body = text === '' ? {} : isJson ? { body: JSON.parse(text) } : { text }
  return JSON.parse(names.hide(JSON.stringify({ ...hidden, ...body }))) as ResponseFacts
}

/** Any text will do for a key that the SDK makes up, as long as it is the same for the same name. */
function withKeys(value: string): string {
  return value.replace(/\{\{(\w+)\}\}/g, 'made-up-$1')
}

function textOf(body: unknown): string | null {
  if (body === undefined || body === null) return null
  return typeof body === 'string' ? body : JSON.stringify(body)
}

function formOf(files: NonNullable<RequestFacts['form']>): FormData {
  const form = new FormData()
  for (const [field, file] of Object.entries(files)) form.set(field, blobOf(file), field)
  return form
}
