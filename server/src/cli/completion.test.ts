import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { commandLine, leavesOf } from './command-line.ts'
import { completionScript, shells } from './completion.ts'

const program = commandLine(async () => {})

test('bash completes commands, options, choices and files', async () => {
  const place = await mkdtemp(join(tmpdir(), 'roster-completion-'))
  await writeFile(join(place, 'some people.csv'), '')
  const lines = [
    ['us'],
    ['users', 'l'],
    ['users', 'list', '--ro'],
    ['users', 'list', '--role', ''],
    ['users', 'list', '--limit', '5', '--status', 'act'],
    ['users', 'set-role', 'ada', ''],
    ['users', 'set-role', ''],
    ['import', `${place}/so`],
    ['import', `${place}/x`, '--from', 'k'],
    ['help', 'compl'],
    ['completion', ''],
    ['serve', 'x'],
  ]
  const script = [
    completionScript(program, 'bash'),
    ...lines.map(
      (words) =>
        `COMP_WORDS=(roster ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _roster; (IFS='|'; echo "\${COMPREPLY[*]}")`,
    ),
  ].join('\n')

  const out = execFileSync('bash', ['--norc'], { input: script, encoding: 'utf8' })
  await rm(place, { recursive: true })

  assert.deepEqual(out.trimEnd().split('\n'), [
    'users',
    'list',
    '--role',
    'admin|user|viewer',
    'active',
    'admin|user|viewer',
    '',
    `${place}/some people.csv`,
    'keycloak',
    'completion',
    'bash|zsh|fish',
  ])
})

test('each script names every command and every option, and a shell that is there can read it', async () => {
  const place = await mkdtemp(join(tmpdir(), 'roster-completion-'))
  for (const shell of shells) {
    const script = completionScript(program, shell)
    for (const leaf of leavesOf(program)) {
      assert.ok(script.includes(leaf.name()), `${shell}: ${leaf.name()}`)
      for (const { long } of leaf.options.filter(({ hidden }) => !hidden)) {
        const spelled = shell === 'fish' ? `-l ${long?.slice(2)}` : String(long)
        assert.ok(script.includes(spelled), `${shell}: ${leaf.name()} ${long}`)
      }
    }
    const file = join(place, shell)
    await writeFile(file, script)
    const { status, error, stderr } = spawnSync(shell, ['-n', file], { encoding: 'utf8' })
    assert.ok(isMissing(error) || status === 0, `${shell}: ${stderr}`)
  }
  await rm(place, { recursive: true })
})

test('fish, where it is there, completes commands, options and choices', async () => {
  const place = await mkdtemp(join(tmpdir(), 'roster-completion-'))
  const file = join(place, 'asked.fish')
  const offered = [
    ['us', ['users']],
    ['users li', ['list']],
    ['users list --ro', ['--role']],
    ['users list --limit 5 --status act', ['active']],
    ['users set-role ada ', ['admin', 'user', 'viewer']],
    ['completion ', ['bash', 'fish', 'zsh']],
  ] as const
  const asked = offered.map(([line]) => `complete -C 'roster ${line}' | cut -f 1 | string join ' '`)
  await writeFile(file, [completionScript(program, 'fish'), ...asked].join('\n'))

  const { error, stdout } = spawnSync('fish', ['--no-config', file], { encoding: 'utf8' })
  await rm(place, { recursive: true })

  const expected = offered.map(([, words]) => `${words.join(' ')}\n`).join('')
  if (!isMissing(error)) assert.equal(stdout, expected)
})

function isMissing(error: NodeJS.ErrnoException | undefined): boolean {
  return error?.code === 'ENOENT'
}
