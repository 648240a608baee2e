import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Contract, get, put } from './contract.ts'
import { drawAtlas, MountConflict, originForm, readPath } from './routing.ts'
import { echo, toyContract } from './testing/toys.ts'

const facts = { needs: 'nobody', answers: [200] } as const
const at = (name: string, paths: readonly string[], more: Partial<Contract> = {}) =>
  toyContract(
    name,
    '/',
    paths.map((path) => get(path, echo, facts)),
    more,
  )
const nobodys = toyContract('nobody', '/', [])

function draw(...mounted: readonly (readonly [Contract, string])[]) {
  return drawAtlas(
    mounted.map(([contract, mount]) => ({ contract, mount })),
    nobodys,
  )
}

test('an unknown path belongs to the contract that has the longest mount above it', () => {
  const atlas = draw([at('root', ['/api/users']), '/'], [at('eg', ['/users']), '/eg'], [at('deep', ['/x']), '/eg/deep'])
  const cases = [
    ['/', 'root'],
    ['/api/nope', 'root'],
    ['/egg', 'root'],
    ['/EG/users', 'root'],
    ['/eg', 'eg'],
    ['/eg/', 'eg'],
    ['/eg/nope', 'eg'],
    ['/eg/deeper', 'eg'],
    ['/eg/deep/nope', 'deep'],
    ['//eg/users', 'root'],
  ] as const
  for (const [path, owner] of cases) assert.equal(atlas.at(path).contract.name, owner, path)
})

test('a contract that owns its routes only leaves the rest to whoever has the mount, or to nobody', () => {
  const system = at('system', ['/health/live'], { owns: 'routes' })

  const beside = draw([system, '/'], [at('root', ['/api/users']), '/'])
  const alone = draw([system, '/'], [at('eg', ['/users']), '/eg'])

  assert.equal(beside.at('/health/live').contract.name, 'system')
  assert.equal(beside.at('/health/dead').contract.name, 'root')
  assert.equal(alone.at('/health/live').contract.name, 'system')
  assert.equal(alone.at('/health/dead').contract.name, 'nobody')
})

test('the verbs of a path are those of the pattern that names most of it in so many words', () => {
  const contract = toyContract('root', '/', [
    get('/users/me', echo, facts),
    put('/users/:id', echo, facts),
    put('/users/:id/status', echo, facts),
  ])
  const atlas = draw([contract, '/'])

  assert.deepEqual(atlas.at('/users/me').methods, ['GET', 'HEAD', 'OPTIONS'])
  assert.deepEqual(atlas.at('/users/x/').methods, ['PUT', 'OPTIONS'])
  assert.deepEqual(atlas.at('/users').methods, [])
  assert.deepEqual(atlas.at('/users//').methods, [])
  assert.deepEqual(atlas.at('/users//status').methods, [])
})

test('what a pattern names in so many words has none of the verbs of a more open one', () => {
  const barred = (...patterns: readonly (readonly ['get' | 'put', string])[]) => {
    const routes = patterns.map(([verb, path]) => (verb === 'get' ? get : put)(path, echo, facts))
    const atlas = draw([toyContract('eg', '/eg', routes), '/eg'])
    for (const { method, pattern } of atlas.barred) assert.ok(!atlas.at(pattern).methods.includes(method), pattern)
    return atlas.barred.map(({ method, pattern }) => `${method} ${pattern}`)
  }

  assert.deepEqual(barred(['get', '/users/me'], ['put', '/users/:id']), ['PUT /eg/users/me'])
  assert.deepEqual(barred(['get', '/users/:id'], ['put', '/users/me'], ['put', '/users/:id']), ['GET /eg/users/me'])
  assert.deepEqual(barred(['get', '/users/me/:x'], ['put', '/users/:id/role']), ['PUT /eg/users/me/role'])
  assert.deepEqual(barred(['get', '/users/me'], ['get', '/users/:id'], ['put', '/users/you/x']), [])
})

const conflicts: [mounted: [Contract, string][], sentence: RegExp][] = [
  [
    [
      [at('one', ['/a']), '/'],
      [at('two', ['/b']), '/'],
    ],
    /one and two are both mounted at \//,
  ],
  [
    [
      [at('one', ['/a']), '/x'],
      [at('two', ['/b']), '/x'],
    ],
    /one and two are both mounted at \/x/,
  ],
  [
    [
      [at('one', ['/x/a']), '/'],
      [at('two', ['/b']), '/x'],
    ],
    /GET \/x\/a of one reaches into \/x, where two is mounted/,
  ],
  [
    [
      [at('one', ['/:any']), '/'],
      [at('two', ['/b']), '/x'],
    ],
    /GET \/:any of one reaches into \/x, where two is mounted/,
  ],
  [
    [
      [at('one', ['/:any/b']), '/'],
      [at('two', ['/b']), '/x'],
    ],
    /GET \/:any\/b of one reaches into \/x/,
  ],
  [
    [
      [at('one', ['/:a/:b/:c']), '/'],
      [at('two', ['/b']), '/x/y'],
    ],
    /of one reaches into \/x\/y/,
  ],
  [
    [
      [at('system', ['/a/:id'], { owns: 'routes' }), '/'],
      [at('two', ['/a/b']), '/'],
    ],
    /system and two both answer under one path: \/a\/:id and \/a\/b/,
  ],
  [
    [
      [at('system', ['/a'], { owns: 'routes' }), '/'],
      [at('two', ['/b']), '/a'],
    ],
    /of system reaches into \/a/,
  ],
  [[[toyContract('one', '/', [get('/a', echo, facts), get('/a', echo, facts)]), '/']], /one has GET \/a twice/],
]

test('contracts that would shadow one another refuse to start, in a sentence that names both', () => {
  for (const [mounted, sentence] of conflicts) {
    for (const order of [mounted, mounted.toReversed()]) {
      assert.throws(
        () => draw(...order),
        (thrown) =>
          thrown instanceof MountConflict &&
          [...sentence.source.matchAll(/one|two/g)].every(([name]) => thrown.message.includes(name)),
      )
    }
    assert.throws(() => draw(...mounted), sentence)
  }
})

test('contracts side by side, below one another, or moved start', () => {
  const mounts: [Contract, string][][] = [
    [
      [at('one', ['/api/users', '/api/users/:id']), '/'],
      [at('two', ['/users/:id']), '/two'],
      [at('three', ['/:x']), '/two/three'],
    ],
    [
      [at('one', ['/api/users']), '/house'],
      [at('two', ['/api/users']), '/'],
    ],
    [
      [at('one', ['/', '/:id']), '/one'],
      [at('two', ['/', '/:id']), '/two'],
    ],
  ]
  for (const mounted of mounts) assert.doesNotThrow(() => draw(...mounted))
})

test('mounts and routes that are no plain paths are refused', () => {
  for (const mount of ['', 'x', '/x/', '//', '/x//y', '/:x', '/x?', '/*', '/x y', '/ü']) {
    assert.throws(() => draw([at('one', ['/a']), mount]), MountConflict, mount)
  }
  for (const path of ['a', '/a/', '/*', '/a*', '/:', '/a/:id?', '/:id(\\d+)', '/a::b', '/a b', '/%61']) {
    assert.throws(() => draw([at('one', [path]), '/']), MountConflict, path)
  }
})

test('a path is read as the router reads it', () => {
  const cases: [target: string, path: string | null][] = [
    ['/a/b?x=/c', '/a/b'],
    ['/a#b?c', '/a'],
    ['/%61/b', '/a/b'],
    ['/a%2Fb', '/a%2Fb'],
    ['/%E6%9D%8E', '/李'],
    ['/a;x=1', '/a;x=1'],
    ['/a/../b', '/a/../b'],
    ['/%zz', null],
    ['/%', null],
    ['/%E6%9D', null],
    ['/%ED%A0%80', null],
    ['/a%00', null],
    ['/a?%zz', '/a'],
    ['http://other.example/a?x', '/a'],
    ['*', '*'],
  ]
  for (const [target, path] of cases) assert.equal(readPath(target).path, path, target)
})

test('the absolute form of a target means its path', () => {
  for (const [target, expected] of [
    ['/a', '/a'],
    ['http://x/a?b', '/a?b'],
    ['HTTPS://x:1/a', '/a'],
    ['http://x', '/'],
    ['http://x?a=/b', '/?a=/b'],
    ['//x/a', '//x/a'],
    ['x:1', 'x:1'],
  ] as const) {
    assert.equal(originForm(target), expected, target)
  }
})
