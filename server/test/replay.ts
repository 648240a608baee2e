import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { request as httpRequest, STATUS_CODES } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { looksLikeId } from '../src/core/users/names.ts'
import type { User, UserId } from '../src/core/users/user.ts'
import { type Exchange, type Message, placeholder, readMessage, readRecording } from '../src/http/recordings.ts'
import { checkDescribed } from './described.ts'
import { outbox } from './outbox.ts'
import { codeOf } from './second-factors.ts'
import type { World } from './world.ts'

/**
 * Replays the recorded exchanges of a folder against a server. Headers that an answer does not show may be anything; a body is compared byte for
 * byte, and every answer is held against the contract's API description.
 *
 * `{{name}}` stands for a value that is not known beforehand: the first answer that shows it sets it (`{{id:uuid}}` says what it has to look like),
 * from then on it means that value. `{{admin}}`, `{{user}}` and `{{viewer}}` are tokens of ada, grace and linus, `{{mail1}}` is what stands in the
 * link of the first mail; `{{picture}}` is a small PNG, in a form only. Once there is an `{{appSecret}}`, `{{shown}}` is what an authenticator app shows for it.
 *
 * A block `stored` at the end says what the directory holds afterwards: `steve has {"firstName":"Steve"}` for each user (any key of the record),
 * `steve is gone` for nobody, `steve went through created, updated` for what was recorded, and `s@example.com was mailed verify_email` for what was
 * left to be sent there. `where` is for the titles of the tests.
 */
export async function replay(folder: string, openWorld: () => Promise<World>, where: string): Promise<void> {
  const pages = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort()
  assert.notDeepEqual(pages, [], `no recorded exchanges in ${folder}`)
  for (const page of pages) {
    const { title, exchanges, stored } = readRecording(await readFile(join(folder, page), 'utf8'), page)
    test(`${title} (${page} on ${where})`, { timeout: pageMsMax }, async () => {
      await using world = await openWorld()
      const values = new Map<string, string>([...(await tokensOf(world))])
      for (const exchange of exchanges) {
        for (const [at, { token }] of (await outbox(world)).entries()) values.set(`mail${at + 1}`, token ?? '')
        await replayExchange(world, exchange, values)
      }
      for (const line of stored) await checkStored(world, fill(line, values, page))
    })
  }
}

const pageMsMax = 60_000

/** All of them have signed in: an answer may show when. */
async function tokensOf(world: World): Promise<[string, string][]> {
  return [
    ['admin', await world.token('ada')],
    ['user', await world.token('grace')],
    ['viewer', await world.token('linus')],
    ['picture', picture.toString('latin1')],
  ]
}

/** Of a single pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

async function replayExchange(world: World, { request, answer, place }: Exchange, values: Map<string, string>) {
  const expected = readMessage(answer)
  const secret = values.get('appSecret')
  if (secret !== undefined) values.set('shown', await codeOf(world, secret))
  const asked = readMessage(fill(withFormEnds(request), values, place))
  const actual = await send(world.url, asked)
  const shown = { line: actual.line, body: actual.body }
  const where = `${place}\n${request}\n\nanswered ${JSON.stringify(shown)}\n`
  assert.equal(actual.line, expected.line, where)
  for (const [name, value] of expected.headers) meet(actual.headers.get(name) ?? '(absent)', value, values, where)
  meet(actual.body, expected.body, values, where)
  const [method = '', path = ''] = asked.line.split(' ')
  const { headers, body } = actual
  checkDescribed(world.settings, {
    method,
    path,
    sent: asked.body,
    sentAs: asked.headers.get('content-type'),
    status: Number(actual.line.split(' ')[1]),
    headers: new Headers([...headers]),
    body,
  })
}

function send(url: string, { line, headers, body }: Message): Promise<Message> {
  const [method, path = '/'] = line.split(' ')
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const sent = bytesOf(headers, body)
    const length = body === '' ? {} : { 'content-length': sent.length }
    const options = {
      hostname,
      port,
      method,
      path,
      agent: false,
      headers: { ...Object.fromEntries(headers), ...length },
    }
    const request = httpRequest(options, (response) => {
      response.setEncoding('utf8')
      let received = ''
      response.on('data', (chunk: string) => {
        received += chunk
      })
      response.on('error', reject)
      response.on('end', () => {
        const status = response.statusCode ?? 0
        const fields = Object.entries(response.headers).map(([name, value]): [string, string] => [name, String(value)])
        resolve({ line: `HTTP/1.1 ${status} ${STATUS_CODES[status]}`, headers: new Map(fields), body: received })
      })
    })
    request.on('error', reject)
    request.end(body === '' ? undefined : sent)
  })
}

/** What is filled into a form is no text. */
function bytesOf(headers: Message['headers'], body: string): Buffer {
  return Buffer.from(body, headers.get('content-type')?.startsWith('multipart/') ? 'latin1' : 'utf8')
}

/** A page has line feeds, where a form has to have both signs (RFC 2046, section 5.1.1). */
function withFormEnds(request: string): string {
  const [head = '', ...body] = request.split('\n\n')
  if (!/^content-type: multipart\//im.test(head)) return request
  return `${head}\n\n${body.join('\n\n').replaceAll('\n', '\r\n')}`
}

const kinds: Readonly<Record<string, string>> = {
  uuid: '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}',
  date: '[^"]*\\d\\d:\\d\\d:\\d\\d[^"]*',
  number: '-?\\d+',
  token: '[\\w.~+/=-]+',
  text: '[^"\\n]*',
  base32: '[A-Z2-7]+',
  end: '\\r?\\n',
  svg: '(?:[^"\\\\\\n]|\\\\.)*',
  code: '[0-9a-z]{4}(?:-[0-9a-z]{4}){3}',
  origin: 'http://[\\w.:]+',
  key: '[0-9a-f]{32}',
}

function fill(text: string, values: ReadonlyMap<string, string>, place: string): string {
  return text.replace(new RegExp(placeholder, 'g'), (_, name: string) => {
    const value = values.get(name)
    assert.ok(value !== undefined, `${place}: nothing has set {{${name}}}`)
    return value
  })
}

/** Compares, and keeps what is met for the first time. */
function meet(actual: string, expected: string, values: Map<string, string>, where: string) {
  const names: string[] = []
  const parts = expected.split(new RegExp(placeholder, 'g'))
  let pattern = ''
  for (let index = 0; index < parts.length; index += 3) {
    pattern += escaped(parts[index] ?? '')
    const name = parts[index + 1]
    if (name === undefined) continue
    const known = values.get(name)
    if (known !== undefined) pattern += escaped(known)
    else if (names.includes(name)) pattern += `\\k<${name}>`
    else {
      names.push(name)
      const kind = kinds[parts[index + 2] ?? 'text']
      assert.ok(kind !== undefined, `${where}: {{${name}}} is of no kind that there is`)
      pattern += `(?<${name}>${kind})`
    }
  }
  const match = new RegExp(`^${pattern}$`).exec(actual)
  if (match === null) assert.equal(actual, expected, where)
  for (const name of names) values.set(name, match?.groups?.[name] ?? '')
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

async function checkStored(world: World, line: string) {
  const [, wanted = '', verb = '', facts = ''] = /^(\S+) (has|is|went through|was mailed) (.+)$/.exec(line) ?? []
  if (verb === 'was mailed') {
    const mailed = (await outbox(world)).filter(({ to }) => to === wanted)
    return assert.equal(mailed.map(({ kind }) => kind).join(', ') || 'nothing', facts, line)
  }
  const user = await storedUser(world, wanted)
  if (verb === 'is' && facts === 'gone') return assert.equal(user, null, line)
  assert.ok(user !== null, `${wanted} is not stored: ${line}`)
  if (verb === 'has') {
    const expected = JSON.parse(facts) as Record<string, unknown>
    const kept: Record<string, unknown> = { ...user.particulars, ...user }
    assert.deepEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, kept[key]])), expected, line)
  } else if (verb === 'went through') {
    const question = { userId: user.id, type: null, fromMs: null, toMs: null, offset: 0, limit: 100 }
    const { entries } = await world.core.directory.activity.page(question)
    assert.equal(
      entries
        .map(({ type }) => type)
        .reverse()
        .join(', '),
      facts,
      line,
    )
  } else assert.fail(`a line that says nothing: ${line}`)
}

async function storedUser({ core }: World, wanted: string): Promise<User | null> {
  const { users } = core.directory
  const named = (await users.byClaim('username', wanted)) ?? (await users.byClaim('email', wanted))
  if (named !== null) return named
  return looksLikeId(wanted) ? users.byId(wanted as UserId) : null
}
