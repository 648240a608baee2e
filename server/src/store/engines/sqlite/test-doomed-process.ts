import { system } from '../../../core/actor.ts'
import { openSqlite } from './engine.ts'
import { fileKey, person } from './test-directory.ts'

// Adds people by several hands, prints the number of each one that was acknowledged, and goes on until it is killed.

const engine = await openSqlite({ directory: process.argv[2] ?? '', fileKey })
let last = 0

async function addPeople(): Promise<never> {
  for (;;) {
    const n = ++last
    await engine.commit('create-user', { actor: system, user: person(n), passwordHash: null }, n)
    process.stdout.write(`${n}\n`)
  }
}

await Promise.all(Array.from({ length: 16 }, addPeople))
