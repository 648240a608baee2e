import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { exchange } from '../../src/http/testing/raw-http.ts'
import { mailedToken } from '../outbox.ts'
import { engines } from '../place.ts'
import { codeOf } from '../second-factors.ts'
import { until } from '../timing.ts'
import { openWorld, type World } from '../world.ts'

/** Each occurs nowhere but where it was put. */
const canary = {
  email: 'kanarie.4711@example.com',
  newEmail: 'zeisig.4714@example.com',
  username: 'kanarie_4711',
  firstName: 'Kanariana',
  lastName: 'Vogelsang',
  password: 'Gelber-Piepmatz-4711!',
  newPassword: 'Gruener-Piepmatz-4712!',
  wrongPassword: 'Blauer-Piepmatz-4713!',
  bio: 'singt in Dur 4711',
  attribute: 'kanarienkäfig-4711',
  tokenName: 'Kanarienfutter-4711',
  factorName: 'Kanarienring-4711',
  agent: 'KanarienBrowser/4711',
  ip: '203.0.113.171',
} as const

/** Of a mail server that is not there: whatever is told of that tells neither. */
const mailLogin = { mailUser: 'post-kanarie-4716', mailPassword: 'Roter-Piepmatz-4717' }

const settings = {
  SMTP_URL: `smtp://${mailLogin.mailUser}:${mailLogin.mailPassword}@127.0.0.1:9`,
  DEVELOPMENT_ON_NETWORK: 'yes',
  TRUST_PROXY: '127.0.0.1',
  LOG_LEVEL: 'trace',
  EXPRESS_GATEWAY_LISTEN: '127.0.0.1:0',
}
const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://directory.example.com',
  MASTER_KEY: 'ab'.repeat(32),
  DATABASE_ENCRYPTED_AT_REST: 'yes',
  RATE_LIMITS: 'on',
  RATE_LIMIT_AUTH: '1000',
}

for (const engine of engines) {
  for (const mode of ['development', 'production'] as const) {
    test(`${engine}: nothing of a person or a secret is in any log, refusal or figure, in ${mode}`, async () => {
      await using world = await openWorld({
        engine,
        settings: { ...settings, ...(mode === 'production' ? production : {}) },
      })

      const life = await liveThrough(world)
      await breakEverything(world, life)

      const metrics = await world.fetch('/metrics', { as: 'ada' })
      const keys = { ...mailLogin, hash: '$argon2', key: 'ab'.repeat(32) }
      const secrets: Record<string, string> = { ...canary, ...life.tokens, ...keys }
      await until(() => /mail-not-taken/.test(world.logged.join('')))
      assertSilent('the log', world.logged.join(''), secrets)
      assertSilent('the metrics', await metrics.text(), secrets)
      for (const { said, body } of life.refusals) assertSilent(said, body, secrets)
      for (const { said, body } of life.answers) {
        const own = Object.entries(secrets).filter(([name]) => /password|hash/i.test(name) || isToken(name, said))
        assertSilent(said, body, Object.fromEntries(own))
      }
      assert.match(world.logged.join(''), /request-failed/, 'something did go wrong, or this test says nothing')
    })
  }
}

test('what is kept on the disk of the embedded directory is legible to nobody without its key', async () => {
  await using world = await openWorld({ settings })
  await liveThrough(world)

  const folder = world.settings.dataDirectory
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue
    const bytes = (await readFile(join(file.parentPath, file.name))).toString('latin1')
    assertSilent(file.name, Buffer.from(bytes, 'latin1').toString('utf8'), {
      ...canary,
      hash: '$argon2',
      known: 'ada@example.com',
    })
    assert.doesNotMatch(bytes, /CREATE TABLE|SQLite format 3/i, file.name)
  }
})

test('what nobody searches by lies sealed in a database that others keep, and the counters name nobody', async () => {
  await using world = await openWorld({ engine: 'postgres', settings })
  const { tokens } = await liveThrough(world)
  await using opened = new AsyncDisposableStack()
  const connectionString = world.settings.databaseUrl ?? ''
  const client = opened.adopt(new pg.Client({ connectionString }), (open) => open.end())
  await client.connect()
  const { rows } = await client.query(`select table_name from information_schema.tables where table_schema = 'public'`)
  const { bio, attribute, agent, ip, password, newPassword, wrongPassword, tokenName, factorName, email, newEmail } =
    canary

  for (const { table_name: table } of rows) {
    const kept = await client.query(`select * from ${table}`)
    const text = JSON.stringify(kept.rows, (_, value) =>
      value?.type === 'Buffer' ? Buffer.from(value.data).toString('utf8') : value,
    )
    assertSilent(table, text, {
      bio,
      attribute,
      agent,
      ip,
      password,
      newPassword,
      wrongPassword,
      tokenName,
      newEmail,
      factorName,
      ...tokens,
    })
    if (!['users', 'claims', 'search_texts'].includes(table)) assertSilent(table, text, { email })
  }
})

/** Where a token is no answer. */
function isToken(name: string, said: string): boolean {
  return name.endsWith('Token') && !/auth\/(login|refresh)|POST \/api\/(tokens|users\/me\/factors)/.test(said)
}

interface Life {
  readonly id: string
  readonly tokens: Record<string, string>
  readonly refusals: { said: string; body: string }[]
  readonly answers: { said: string; body: string }[]
}

/** The canary registers, is let in, changes everything there is to change, and is refused in every way there is. */
async function liveThrough(world: World): Promise<Life> {
  const refusals: Life['refusals'] = []
  const answers: Life['answers'] = []
  const headers = { 'user-agent': canary.agent, 'x-forwarded-for': canary.ip }
  const ask = async (method: string, path: string, json?: unknown, token?: string) => {
    const init = {
      method,
      headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }) },
      ...(json !== undefined && { json }),
    }
    const answer = await world.fetch(path, init)
    const body = await answer.text()
    const told = { said: `${method} ${path} → ${answer.status}`, body: body + JSON.stringify([...answer.headers]) }
    if (answer.status >= 400) refusals.push(told)
    else answers.push(told)
    return body
  }
  const { email, password, firstName, lastName, username } = canary
  const admin = await world.token('ada')

  await ask('POST', '/api/auth/register', { email, password, firstName, lastName })
  await ask('POST', '/api/auth/register', { email, password, firstName, lastName })
  const id = (await world.core.directory.users.byClaim('email', email))?.id ?? ''
  await ask('POST', '/api/auth/login', { email, password })
  const change = { status: 'active', username, profile: { bio: canary.bio }, attributes: { cage: canary.attribute } }
  await ask('PUT', `/api/users/${id}`, change, admin)
  const signedIn = JSON.parse(await ask('POST', '/api/auth/login', { username, password }))
  const refreshed = JSON.parse(await ask('POST', '/api/auth/refresh', { refreshToken: signedIn.data.refreshToken }))
  const { accessToken, refreshToken } = refreshed.data
  const apiToken = await lendToken(ask, accessToken)
  const { refreshToken: spentToken, accessToken: firstToken } = signedIn.data
  const tokens: Record<string, string> = { accessToken, refreshToken, apiToken, spentToken, firstToken }

  await ask('GET', '/api/users/me', undefined, accessToken)
  await ask('GET', '/api/users/me/activity', undefined, accessToken)
  await ask('GET', `/api/users?search=${encodeURIComponent(firstName)}`, undefined, admin)
  await ask('GET', `/express-gateway/users/${username}`, undefined, admin)
  await ask(
    'PUT',
    '/api/users/me/password',
    { currentPassword: canary.wrongPassword, newPassword: canary.newPassword },
    accessToken,
  )
  await ask(
    'PUT',
    '/api/users/me/password',
    { currentPassword: password, newPassword: canary.newPassword },
    accessToken,
  )
  const links = await followLinks(world, ask, accessToken)
  for (const json of [
    { email, password: canary.wrongPassword },
    { email, password: 'x'.repeat(300) + password },
    { username, password, role: 'admin' },
    { email: [email], password: [password] },
  ]) {
    await ask('POST', '/api/auth/login', json)
  }
  for (const json of [
    { email, password, firstName, lastName },
    { email: `${email}..`, password: `${firstName}1!aA`, firstName, lastName: '' },
    { ...canary, role: email },
  ]) {
    await ask('POST', '/api/users', json, admin)
    await ask('POST', '/api/users', json, accessToken)
  }
  await ask(
    'PUT',
    '/api/users/me',
    { email, avatar: `ftp://${email}`, preferences: { timezone: email, language: username } },
    accessToken,
  )
  await ask('GET', `/api/users?role=${email}&search=${'x'.repeat(200)}${username}&fields=${username}`, undefined, admin)
  await ask('GET', `/api/users/${email}`, undefined, admin)
  await ask('GET', `/api/nothing/${email}?token=${accessToken}`)
  await ask('POST', '/express-gateway/users', { username, firstname: firstName, lastname: lastName, email }, admin)
  await ask('PATCH', `/express-gateway/users/${email}`, {}, admin)
  Object.assign(tokens, await guardAccount(world, ask, accessToken))
  await liveByInvitation(world, ask, admin)
  await ask('POST', '/api/auth/refresh', { refreshToken: tokens.spentToken })
  await refuseRaw(world, refusals, tokens)
  return { id, tokens: { ...tokens, ...links }, refusals, answers }
}

/** Every kind of link is mailed, and each is sent back in ways in which it does not work. */
async function followLinks(world: World, ask: Ask, accessToken: string): Promise<Record<string, string>> {
  const { email, newEmail, newPassword: password } = canary
  await ask('POST', '/api/auth/resend-verification', { email })
  await ask('POST', '/api/auth/forgot-password', { email })
  await ask('POST', '/api/users/me/email', { email: newEmail, password }, accessToken)
  await ask('POST', '/api/users/me/email', { email: newEmail, password: canary.wrongPassword }, accessToken)
  const links = {
    verifyLinkToken: await mailedToken(world, email, 'verify_email'),
    resetLinkToken: await mailedToken(world, email, 'reset_password'),
    changeLinkToken: await mailedToken(world, newEmail, 'confirm_email'),
  }
  await ask('GET', '/api/mail?limit=100', undefined, await world.token('ada'))
  for (const token of Object.values(links)) {
    await ask('GET', `/verify-email?token=${token}`)
    await ask('GET', `/api/auth/verify-email?token=${token}`)
    for (const path of ['/api/auth/verify-email', '/api/auth/reset-password']) {
      await ask('POST', path, { token, password: canary.wrongPassword.toLowerCase(), email })
      await ask('POST', path, { token: [token], password: [password] })
      await ask('POST', path, { token: `${token}x`, password })
    }
  }
  return links
}

type Ask = (method: string, path: string, json?: unknown, token?: string) => Promise<string>

/** The canary makes an API token, which is used, shown in every list, and refused wherever that can be. */
async function lendToken(ask: Ask, accessToken: string): Promise<string> {
  const lent = { name: canary.tokenName, permissions: ['users:read', 'users:update'] }
  const { token } = JSON.parse(await ask('POST', '/api/tokens', lent, accessToken)).data
  await ask('GET', '/api/users/me', undefined, token)
  await ask('PATCH', '/api/users/me', { lastName: canary.lastName }, token)
  await ask('POST', '/api/tokens', lent, token)
  await ask('POST', '/api/tokens', { ...lent, permissions: [token], expiresAt: token }, accessToken)
  await ask('GET', '/api/tokens', undefined, accessToken)
  await ask('GET', '/api/users/me', undefined, `${token}x`)
  return token
}

/** The canary sets up an authenticator app, signs in with it, and is refused on every step of the way. */
async function guardAccount(world: World, ask: Ask, accessToken: string): Promise<Record<string, string>> {
  const factors = '/api/users/me/factors'
  const enrolled = JSON.parse(await ask('POST', `${factors}/totp`, { name: canary.factorName }, accessToken))
  const { secret, factor } = enrolled.data
  await ask('POST', `${factors}/totp/confirm`, { code: secret }, accessToken)
  const code = await codeOf(world, secret)
  const confirmed = JSON.parse(await ask('POST', `${factors}/totp/confirm`, { code }, accessToken))
  const [recoveryToken, otherToken] = confirmed.data.recoveryCodes
  await ask('POST', `${factors}/totp`, { name: canary.factorName, currentPassword: canary.newPassword }, accessToken)
  await ask('GET', factors, undefined, accessToken)
  const begun = JSON.parse(await ask('POST', '/api/auth/login', { email: canary.email, password: canary.newPassword }))
  const { id: challengeId } = begun.data.challenge
  await ask('GET', '/api/users/me', undefined, challengeId)
  for (const json of [
    { challengeId, code },
    { challengeId, code: secret },
    { challengeId: recoveryToken, code: challengeId },
    { challengeId, code: recoveryToken },
    { challengeId, code: otherToken },
  ]) {
    await ask('POST', '/api/auth/mfa', json)
  }
  await ask('POST', '/api/auth/passkey/options', { challengeId })
  await ask('POST', '/api/auth/passkey', { challengeId, credential: { id: secret, rawId: recoveryToken } })
  await ask('DELETE', `${factors}/${secret}`, undefined, accessToken)
  await ask('DELETE', `${factors}/${factor.id}`, undefined, `${accessToken}x`)
  return { secretToken: secret, recoveryToken, otherToken, challengeToken: challengeId }
}

/** The same person by another address, asked in, and asked again in every way that is refused. */
async function liveByInvitation(world: World, ask: Ask, admin: string) {
  const { email, firstName, lastName, password } = canary
  const address = `a${email}`
  const { id } = JSON.parse(await ask('POST', '/api/invitations', { email: address, firstName, lastName }, admin)).data
  await ask('POST', '/api/invitations', { email: address, role: email, firstName }, admin)
  await ask('POST', '/api/invitations/batch', { dryRun: email, invitations: [{ email, firstName }] }, admin)
  const headers = { authorization: `Bearer ${admin}`, 'content-type': 'text/csv' }
  for (const body of [`${email},${firstName}\n`, `email\n"${email}`, `email;name\n${email};${firstName}`]) {
    const answer = await world.fetch('/api/invitations/batch', { method: 'POST', body, headers })
    const text = await answer.text()
    assert.equal(answer.status, 400)
    assertSilent(body, text, canary)
  }
  const link = await mailedToken(world, address, 'invitation')
  await ask('POST', '/api/auth/accept-invitation', { token: `${link}x`, password, firstName })
  await ask('POST', '/api/auth/accept-invitation', { token: link, password: lastName, firstName })
  await ask('POST', '/api/auth/accept-invitation', { token: link, password })
  await ask('POST', '/api/auth/accept-invitation', { token: link, password })
  await ask('POST', `/api/invitations/${id}/resend`, undefined, admin)
  assertSilent('the log', world.logged.join(''), { link, address })
}

/** What is no request, with a secret in each of its parts. */
async function refuseRaw(world: World, refusals: Life['refusals'], { accessToken }: Record<string, string>) {
  const secret = `${canary.password}${accessToken}`
  for (const text of [
    `GET /api/users/${canary.email}%zz HTTP/1.1\r\nhost: localhost\r\n\r\n`,
    `GET /${secret} HTTP/1.1\r\n\r\n`,
    `${canary.username} / HTTP/1.1\r\nhost: localhost\r\n\r\n`,
    `GET / HTTP/1.1\r\nhost: localhost\r\n${secret}\r\n\r\n`,
    `POST /api/auth/login HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 60\r\nconnection: close\r\n\r\n{"password":"${canary.password}",,,,,,,,,,,,,,,,,,,,,,,,,,,,`,
    `POST /api/auth/login HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/${canary.username}\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}`,
    `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'y'.repeat(20_000)}${secret}\r\n\r\n`,
    `CONNECT ${canary.username}:443 HTTP/1.1\r\nhost: localhost\r\n\r\n`,
  ]) {
    refusals.push({ said: text.slice(0, 40), body: (await exchange(world.roster.port, text)).text })
  }
}

/** Everything fails from here on, with errors that quote what they were given in every way that errors can. */
async function breakEverything(world: World, { tokens, refusals }: Life) {
  const quotes = `${JSON.stringify(canary)} ${Object.values(tokens).join()}`
  const fault = () => {
    const cause = Object.assign(new Error(`a cause\n    at ${canary.email}:1:1`), {
      detail: quotes,
      code: canary.email,
    })
    const error = new Error(`${quotes}\n    at ${canary.username} (file:///${canary.email}:1:1)`, { cause })
    return Object.assign(error, {
      code: canary.password,
      detail: quotes,
      hint: quotes,
      query: quotes,
    })
  }
  const failing = () => Promise.reject(fault())
  const requests: [string, string, object?][] = [
    ['POST', '/api/auth/login', { email: canary.email, password: canary.newPassword }],
    ['POST', '/api/auth/refresh', { refreshToken: tokens.refreshToken }],
    [
      'POST',
      '/api/auth/register',
      { email: `a${canary.email}`, password: canary.password, firstName: 'A', lastName: 'B' },
    ],
    ['POST', '/api/auth/forgot-password', { email: canary.email }],
    ['POST', '/api/auth/reset-password', { token: tokens.resetLinkToken, password: canary.newPassword }],
    ['PATCH', '/api/users/me', { firstName: canary.firstName }],
    ['POST', '/express-gateway/users', { username: canary.username, firstname: 'A', lastname: 'B' }],
    ['GET', '/api/users?search=x'],
  ]
  const { directory, commit, passwords } = world.core
  const page = { ...directory, users: { ...directory.users, page: failing } }
  for (const broken of [
    { commit: failing, directory: page },
    { passwords: { ...passwords, verify: failing, hash: failing } },
  ]) {
    Object.assign(world.core, { commit, directory, passwords }, broken)
    for (const [method, path, json] of requests) {
      const answer = await world.fetch(path, { method, as: 'ada', ...(json && { json }) })
      const body = (await answer.text()) + JSON.stringify([...answer.headers])
      if (answer.status >= 400) refusals.push({ said: `${method} ${path}`, body })
    }
  }
  Object.assign(world.core, { commit, directory, passwords })
  await breakDatabase(world, refusals)
}

/** A rule that the canary's row breaks: the database quotes the row. */
async function breakDatabase(world: World, refusals: Life['refusals']) {
  if (world.settings.databaseUrl === null) return
  const client = new pg.Client({ connectionString: world.settings.databaseUrl })
  await client.connect()
  await client.query(`alter table users add check (first_name <> 'Kanariana2')`)
  await client.end()
  const json = { firstName: 'Kanariana2', lastName: canary.lastName }
  const user = await world.core.directory.users.byClaim('email', canary.email)
  const answer = await world.fetch(`/api/users/${user?.id}`, { method: 'PATCH', as: 'ada', json })
  assert.equal(answer.status, 500)
  refusals.push({
    said: 'a broken rule of the database',
    body: (await answer.text()) + JSON.stringify([...answer.headers]),
  })
}

function assertSilent(where: string, text: string, secrets: Record<string, string>) {
  for (const [name, secret] of Object.entries(secrets)) {
    for (const spelling of [
      secret,
      encodeURIComponent(secret),
      secret.toLowerCase(),
      Buffer.from(secret).toString('base64'),
    ]) {
      const at = text.indexOf(spelling)
      if (at >= 0) assert.fail(`${name} is in ${where}: …${text.slice(Math.max(0, at - 150), at + 80)}…`)
    }
  }
}
