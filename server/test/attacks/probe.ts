import { cast } from '../cast.ts'
import { openWorld } from '../world.ts'

const engine = (process.argv[2] ?? 'sqlite') as 'sqlite'
let t = performance.now()
const lap = (what: string) => {
  console.log(what, (performance.now() - t).toFixed(0), 'ms')
  t = performance.now()
}
const world = await openWorld({ engine, settings: { EXPRESS_GATEWAY_LISTEN: '127.0.0.1:0' } })
lap('open')
const login = (json: unknown) => world.fetch('/api/auth/login', { method: 'POST', json })
let a = await login({ email: 'a\u0000b', password: 'x' })
console.log('NUL', a.status, await a.text())
lap('nul')
a = await login({ email: '\ud800x', password: 'x' })
console.log('surrogate', a.status, await a.text())
lap('sur')
a = await login({ email: 'a' + '\u0301\u0327'.repeat(20000), password: 'x' })
console.log('zalgo', a.status)
lap('zalgo 40k')
a = await world.fetch('/api/users/me', {
  method: 'PUT',
  as: 'grace',
  json: { username: '@a' + '\u0301\u0327'.repeat(20000) },
})
console.log('zalgo me', a.status, (await a.text()).slice(0, 200))
lap('zalgo me')
a = await world.fetch('/api/users/me', {
  method: 'PUT',
  as: 'grace',
  json: { avatar: 'http://a' + '\u0301\u0327'.repeat(8000) },
})
console.log('zalgo url', a.status, (await a.text()).slice(0, 200))
lap('zalgo url')
a = await world.fetch('/api/users/me', {
  method: 'PUT',
  as: 'grace',
  json: { profile: { linkedin: ' javascript:alert(1)' } },
})
console.log('linkedin', a.status, (await a.text()).slice(-200))
lap('linkedin')
for (let n = 0; n < 11; n += 1) a = await login({ email: cast.grace.user.id, password: 'x' })
console.log('guess by id text', a.status)
a = await login({ email: cast.grace.user.email, password: cast.grace.password })
console.log('grace signs in', a.status)
lap('guess')
const names = Array.from({ length: 4000 }, (_, n) => n.toString(36))
  .join('&')
  .slice(0, 15000)
a = await world.fetch('/api/users/me?' + names, { as: 'linus' })
console.log('many keys', a.status, (await a.text()).length)
lap('many keys')
console.log(world.logged.join(''))
await world[Symbol.asyncDispose]()
lap('close')
