import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import about from '../../../package.json' with { type: 'json' }
import { openHouse } from './testing/house.ts'

const commands = ['serve', 'migrate', 'create-admin', 'doctor', 'demo']

test('help names every command, and every command explains itself', async () => {
  await using house = await openHouse()

  const { code, out } = await house.run(['--help'])
  const explained = await Promise.all(commands.map((command) => house.run([command, '--help'])))

  assert.equal(code, 0)
  for (const [at, command] of commands.entries()) {
    assert.match(out, new RegExp(`^  ${command} .*\\w`, 'm'))
    assert.equal(explained[at]?.code, 0)
    assert.match(explained[at]?.out ?? '', new RegExp(`^Usage: roster ${command}`))
  }
})

test('the help of the server lists the settings', async () => {
  await using house = await openHouse()

  const { out } = await house.run(['serve', '--help'])

  for (const variable of ['DATA_DIR', 'DATABASE_URL', 'MASTER_KEY_FILE', 'PORT']) {
    assert.match(out, new RegExp(`^ +${variable}$`, 'm'))
  }
})

test('the version is that of the package', async () => {
  await using house = await openHouse()

  const { code, out } = await house.run(['--version'])

  assert.deepEqual({ code, out }, { code: 0, out: `${about.version}\n` })
})

test('what cannot be understood is told in a sentence, with exit code 2', async () => {
  await using house = await openHouse()

  for (const [words, sentence] of [
    [['serv'], /^Unknown command 'serv'\. Did you mean serve\? .+\.\n$/],
    [['serve', '--port', '1'], /^Unknown option '--port'\. .+\.\n$/],
    [['serve', 'now'], /^Too many arguments.+\.\n$/],
    [['demo'], /^Required option '--users <count>' not specified\. .+\.\n$/],
    [['demo', '--users', '0'], /whole number from 1 to 10000000\. .+\.\n$/],
    [['demo', '--users', '1e3'], /whole number from 1 to 10000000\. .+\.\n$/],
    [['demo', '--users', '5', '--seed', 'x'], /whole number from 0 to \d+\. .+\.\n$/],
  ] as const) {
    const { code, errors } = await house.run(words)
    assert.match(errors, sentence)
    assert.equal(code, 2, words.join(' '))
  }
})

test('without a command, all of them are listed and nothing is done', async () => {
  await using house = await openHouse()

  const { code, out, errors } = await house.run([])

  assert.deepEqual({ code, out }, { code: 2, out: '' })
  assert.match(errors, /^Usage: roster/)
})

test('every command tells all mistakes in the settings at once, with exit code 2, and touches nothing', async () => {
  await using house = await openHouse({ PORT: 'eighty', LOG_LEVEL: 'loud', MASTER_KEY: 'not-a-key-at-all' })

  for (const words of [
    ['serve'],
    ['migrate'],
    ['create-admin', '--email', 'a@b.c', '--password-stdin'],
    ['demo', '--users', '1'],
  ]) {
    const { code, errors, out } = await house.run(words)
    assert.deepEqual({ code, out }, { code: 2, out: '' })
    for (const variable of ['PORT', 'LOG_LEVEL', 'MASTER_KEY'])
      assert.match(errors, new RegExp(`^  ${variable} is `, 'm'))
    assert.doesNotMatch(errors, /not-a-key-at-all/)
  }
  assert.equal(existsSync(house.dataDirectory), false)
})

test('what the operator can put right is told in one sentence without a stack, with exit code 1', async () => {
  const production = { NODE_ENV: 'production', MASTER_KEY: Buffer.alloc(32, 1).toString('base64') }

  for (const [settings, sentence] of [
    [
      { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' },
      /^No database answers at DATABASE_URL \(ECONNREFUSED\).+\n$/,
    ],
    [{ DATA_DIR: '/dev/null/data' }, /^\/dev\/null\/data cannot be used \(ENOTDIR\)\.\n$/],
    [
      { ...production, MASTER_KEY: '', MASTER_KEY_FILE: '/nowhere/key' },
      /^MASTER_KEY_FILE names \/nowhere\/key, which cannot be read\.\n$/,
    ],
    [
      { HOST: '192.0.2.1', DEVELOPMENT_ON_NETWORK: 'yes' },
      /^This machine has no address 192\.0\.2\.1 to listen on.+\n$/,
    ],
    [{ MOUNTS: 'express-gateway=/api' }, /^.+express-gateway.+sudigital.+\.\n$|^.+sudigital.+express-gateway.+\.\n$/],
    [
      { ADMIN_EMAIL: 'ada@example.com', ADMIN_PASSWORD: 'short' },
      /^The first admin cannot be made.+password \(too_short\)\.\n$/,
    ],
  ] as const) {
    await using house = await openHouse({ PORT: '0', ...settings })
    const { code, errors, out } = await house.run(['serve'])
    assert.match(errors, sentence)
    assert.deepEqual({ code, out }, { code: 1, out: '' }, JSON.stringify(settings))
  }
})

test('who stops reading an answer ends the command without a word', () => {
  const launcher = join(import.meta.dirname, '../../bin/roster.mjs')
  const line = `"$1" "$2" completion bash | true; exit "\${PIPESTATUS[0]}"`

  const { status, stderr } = spawnSync('bash', ['-c', line, 'bash', process.execPath, launcher], { encoding: 'utf8' })

  assert.deepEqual({ status, stderr }, { status: 141, stderr: '' })
})
