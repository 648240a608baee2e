import assert from 'node:assert/strict'
import { test } from 'node:test'
import { documented } from './documented.ts'
import { openWorld } from './world.ts'

/** The curl lines of the house document, as printed there. */
const printed: readonly { line: string; status: number }[] = [
  {
    line: `curl -X GET "http://localhost:3001/api/users?page=1&limit=10&search=john&role=user" \\
-H "Authorization: Bearer your-jwt-token"`,
    status: 200,
  },
  {
    line: `curl -X GET "http://localhost:3001/api/users?page=1&limit=10" \\
-H "Authorization: Bearer your-jwt-token"`,
    status: 200,
  },
  {
    line: `curl -X POST http://localhost:3001/api/users \\
-H "Authorization: Bearer your-jwt-token" \\
-H "Content-Type: application/json" \\
-d '{
"email": "jane@example.com",
"password": "SecurePassword123!",
"firstName": "Jane",
"lastName": "Smith"
}'`,
    status: 201,
  },
  {
    line: `curl -X GET http://localhost:3001/api/users/me \\
-H "Authorization: Bearer your-jwt-token"`,
    status: 200,
  },
  {
    line: `curl -X PUT http://localhost:3001/api/users/550e8400-e29b-41d4-a716-446655440000 \\
-H "Authorization: Bearer your-jwt-token" \\
-H "Content-Type: application/json" \\
-d '{
"firstName": "Updated Name"
}'`,
    status: 200,
  },
]

interface Command {
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: string | undefined
}

/** Reads a curl line as a shell would: quotes group, a backslash ends a line that goes on. */
function readCommand(line: string): Command {
  const words = [...line.replace(/\\\n/g, ' ').matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  )
  const after = (option: string) => words.flatMap((word, at) => (words[at - 1] === option ? [word] : []))
  const url = words.find((word) => word.startsWith('http://localhost:3001'))
  assert.ok(words[0] === 'curl' && url !== undefined, line)
  const headers = after('-H').map((header): [string, string] => {
    const colon = header.indexOf(':')
    return [header.slice(0, colon), header.slice(colon + 1).trim()]
  })
  const [method = 'GET'] = after('-X')
  const [body] = after('-d')
  return { method, path: url.slice('http://localhost:3001'.length), headers: Object.fromEntries(headers), body }
}

test('the curl lines of the house document work as printed, given a real token', async () => {
  await using world = await documented(await openWorld())
  const token = await world.token('ada')

  for (const { line, status } of printed) {
    const { method, path, headers, body } = readCommand(line.replace('your-jwt-token', token))
    const answer = await fetch(world.url + path, { method, headers, ...(body === undefined ? {} : { body }) })
    assert.equal(answer.status, status, `${line}\n${await answer.text()}`)
  }
})

test('the documented test users sign in to a development directory that was empty, and to no other', async () => {
  const users = [
    ['admin@sudigital.com', 'admin123', 'admin'],
    ['user@sudigital.com', 'user123', 'user'],
    ['viewer@sudigital.com', 'viewer123', 'viewer'],
  ] as const
  await using fresh = await openWorld({ populate: 'as in development' })
  await using settled = await openWorld()

  for (const [email, password, role] of users) {
    const signedIn = await fresh.fetch('/api/auth/login', { method: 'POST', json: { email, password } })
    assert.equal(signedIn.status, 200, email)
    const { data } = (await signedIn.json()) as { data: { user: { role: string; status: string } } }
    assert.deepEqual([data.user.role, data.user.status], [role, 'active'])
    const elsewhere = await settled.fetch('/api/auth/login', { method: 'POST', json: { email, password } })
    assert.equal(elsewhere.status, 401, email)
  }
})
