import assert from 'node:assert/strict'
import { test } from 'node:test'
import Database from 'better-sqlite3-multiple-ciphers'
import { limits } from '../../../core/limits.ts'
import { grant, refuse } from '../../../core/outcome.ts'
import { inGroups, openGroupCommit, type RanTask, type Work } from './group-commit.ts'
import type { CommitTask, Waiting } from './messages.ts'

const longMs = 60_000

/** A table of numbers; a task inserts the number that it is named after, then does as it is told. */
function openNumbers(msMax = longMs) {
  const connection = new Database(':memory:')
  connection.exec(`
    create table parents (n integer primary key);
    create table numbers (n integer primary key, parent integer references parents deferrable initially deferred)
  `)
  const finished: string[][] = []
  const bare: string[] = []
  const work: Work<RanTask & { name: string }> = {
    async run({ name, input }) {
      connection.prepare('insert into numbers (n) values (?)').run([Number(name)])
      if (input === 'refuse' || input === 'patient refuse')
        return { outcome: refuse({ code: 'last_admin' }), name, ...nothingElse }
      if (input === 'throw' || input === 'patient throw') throw new Error('as told')
      if (input === 'many' || input === 'patient many')
        connection.exec(`insert or fail into numbers (n) values (100), (101), ('no number') on conflict do nothing`)
      if (typeof input === 'string' && !isPatient(input)) connection.exec(input)
      return { outcome: grant(name), name, ...nothingElse }
    },
    runBare(task) {
      bare.push(task.name)
      return work.run(task)
    },
    async finish(stay) {
      finished.push(stay.map(({ name }) => name))
    },
    isPatient: ({ input }) => isPatient(input),
  }
  const commitGroup = openGroupCommit(connection, work, { ...inGroups, msMax, patientMsMax: longMs })
  return {
    connection,
    finished,
    bare,
    commit(...tasks: (readonly [n: number, input?: string])[]) {
      const line = tasks.map(([n, input]) => waiting(n, input))
      return commitGroup(line.shift() as Waiting<CommitTask>, (fits) => {
        const next = line[0]
        return next !== undefined && fits(next.task) ? line.shift() : undefined
      })
    },
    commitGroup,
    kept: () => connection.prepare('select n from numbers order by n').pluck().all(),
  }
}

function isPatient(input: unknown): boolean {
  return String(input).startsWith('patient')
}

const nothingElse = { touched: new Map(), mailed: false }

function waiting(n: number, input: unknown = null): Waiting<CommitTask> {
  return { kind: 'task', id: n, task: { name: String(n), input, nowMs: 0 } }
}

test('those who wait are committed together and answered in their order', async () => {
  const numbers = openNumbers()

  const answers = await numbers.commit([3], [1], [2])

  assert.deepEqual(
    answers.map(({ id }) => id),
    [3, 1, 2],
  )
  assert.deepEqual(numbers.kept(), [1, 2, 3])
})

test('a refusal takes back what its own transaction did and nothing of its neighbours', async () => {
  const numbers = openNumbers()

  const answers = await numbers.commit([1], [2, 'refuse'], [3])

  assert.deepEqual(numbers.finished, [['1', '3']])
  assert.deepEqual(answers[1], { id: 2, value: refuse({ code: 'last_admin' }), touched: [], mailed: false })
  assert.deepEqual(numbers.kept(), [1, 3])
})

test('a fault rejects its own caller and nobody else', async () => {
  const numbers = openNumbers()

  const answers = await numbers.commit([1], [2, 'throw'], [3])

  assert.deepEqual(answers.map(faultName), [null, 'Error', null])
  assert.deepEqual(numbers.kept(), [1, 3])
})

test('a statement that fails in the midst of many rows leaves none of them', async () => {
  const numbers = openNumbers()

  const answers = await numbers.commit([1], [2, 'many'], [3])

  assert.deepEqual(answers.map(faultName), [null, 'SqliteError', null])
  assert.deepEqual(numbers.kept(), [1, 3])
})

test('when the shared COMMIT fails, nobody of the group is told that it is kept, and the next group is', async () => {
  const numbers = openNumbers()

  const answers = await numbers.commit([1], [2, 'insert into numbers (n, parent) values (20, 99)'], [3])
  const next = await numbers.commit([4])

  assert.deepEqual(answers.map(faultName), Array(3).fill('DatabaseUnavailable'))
  assert.deepEqual(next.map(faultName), [null])
  assert.deepEqual(numbers.kept(), [4])
})

test('when SQLite rolls the group back by itself, those who ran before are told so', async () => {
  const numbers = openNumbers()
  await numbers.commit([9])

  const answers = await numbers.commit([1], [2, 'insert or rollback into numbers (n) values (9)'])

  assert.deepEqual(answers.map(faultName), Array(2).fill('DatabaseUnavailable'))
  assert.deepEqual(numbers.kept(), [9])
})

test('a group ends when it is full, however many wait', async () => {
  const numbers = openNumbers()
  let n = 0

  const answers = await numbers.commitGroup(waiting(++n), () => waiting(++n))

  assert.ok(answers.length > 0 && answers.length <= limits.transactionsPerGroupMax)
  assert.equal(numbers.kept().length, answers.length)
})

test('those for whom nobody waits and those who are waited for are committed in groups of their own', async () => {
  const numbers = openNumbers()

  const patient = await numbers.commit([1, 'patient'], [2, 'patient'], [3], [4, 'patient'])
  const waitedFor = await numbers.commit([3], [5], [4, 'patient'])

  assert.deepEqual(
    [patient, waitedFor].map((answers) => answers.map(({ id }) => id)),
    [
      [1, 2],
      [3, 5],
    ],
  )
})

for (const [what, name] of [
  ['refused', 'patient refuse'],
  ['a fault', 'patient throw'],
  ['a fault in the midst of many rows', 'patient many'],
] as const) {
  test(`those for whom nobody waits run without savepoints until one of them is ${what}, which is then alone in that`, async () => {
    const numbers = openNumbers()

    await numbers.commit([1, 'patient'], [2, 'patient'])
    assert.deepEqual(numbers.bare, ['1', '2'])
    const answers = await numbers.commit([3, 'patient'], [4, name], [5, 'patient'])
    await numbers.commit([6, 'patient'], [7, name])

    assert.deepEqual(
      answers.map((answer) => 'value' in answer && (answer.value as { ok: boolean }).ok),
      [true, false, true],
    )
    assert.deepEqual(numbers.kept(), [1, 2, 3, 5, 6])
    assert.deepEqual(numbers.finished, [['1', '2'], ['3', '5'], ['6']])
    assert.deepEqual(numbers.bare, ['1', '2', '3', '4'])
  })
}

function faultName(answer: object): string | null {
  return 'error' in answer ? (answer.error as Error).name : null
}
