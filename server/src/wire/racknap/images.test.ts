import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast } from '../../../test/cast.ts'
import { organize, settle } from '../../../test/organized.ts'
import { engines } from '../../../test/place.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { system } from '../../core/actor.ts'

const own = '/racknap/api/users/profile/image'

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

for (const engine of engines) {
  test(`${engine}: an image is read by whoever sees its user, as a JPEG that is not sent twice, and gone when it is deleted`, async () => {
    await using world = await openWorld({ engine })
    const member = await settle(world, { place: 41, email: 'member@example.com' })
    const acme = await organize(world, 'acme', [
      [cast.grace.user.id, 'admin'],
      [cast.linus.user.id, 'member'],
      [member, 'member'],
    ])

    const uploaded = await upload(world, picture)
    const { imageUrl } = (await uploaded.json()) as { imageUrl: string }
    assert.equal(uploaded.status, 201)
    const path = imageUrl.slice(world.roster.publicUrl.length)
    assert.equal(path, '/racknap/users/2/profile/image')

    const shown = await world.fetch(path, { as: 'linus' })
    const [image, tag] = [Buffer.from(await shown.arrayBuffer()), shown.headers.get('etag') ?? '']
    assert.deepEqual([shown.status, shown.headers.get('content-type')], [200, 'image/jpeg'])
    assert.deepEqual([...image.subarray(0, 3)], [0xff, 0xd8, 0xff])
    assert.equal(shown.headers.get('x-content-type-options'), 'nosniff')
    assert.equal(shown.headers.get('cache-control'), 'private, no-cache')
    const headers = { 'if-none-match': tag }
    for (const [place, as] of [
      [path, 'linus'],
      [path, 'ada'],
      [own, 'grace'],
    ] as const)
      assert.equal((await world.fetch(place, { as, headers })).status, 304, `${place} ${as}`)
    const head = await world.fetch(path, { method: 'HEAD', as: 'ada' })
    assert.deepEqual([head.status, head.headers.get('content-length')], [200, String(image.length)])

    await world.core.commit('remove-member', { actor: system, organizationId: acme.id, userId: cast.linus.user.id })
    assert.equal((await world.fetch(path, { as: 'linus', headers })).status, 404, 'a tag tells nothing')
    assert.equal((await world.fetch(own, { method: 'DELETE', as: 'grace' })).status, 200)
    for (const [place, as] of [
      [path, 'ada'],
      [own, 'grace'],
    ] as const)
      assert.match(await (await world.fetch(place, { as, headers })).text(), /IMAGE_NOT_FOUND/)
  })
}

test('what is too large, or no image that can be decoded, is refused, and the fourth upload of a minute waits', async () => {
  await using world = await openWorld({ settings: { RATE_LIMITS: 'on' } })

  const large = await upload(world, Buffer.concat([picture, Buffer.alloc(5 * 1024 ** 2)]))
  const broken = await upload(world, picture.subarray(0, 40))
  const drawn = await upload(world, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))

  assert.deepEqual([large.status, broken.status, drawn.status], [413, 422, 415])
  assert.match(await large.text(), /"code":"FILE_TOO_LARGE"/)
  assert.match(await broken.text(), /"code":"UNPROCESSABLE_IMAGE"/)
  assert.equal((await upload(world, picture)).status, 429)
})

test('of several files the one called image is taken, else the first', async () => {
  await using world = await openWorld()
  const none = new Blob(['no image'])
  const kept = new Blob([picture])

  for (const [files, status] of [
    [
      [
        ['other', none],
        ['image', kept],
      ],
      201,
    ],
    [
      [
        ['first', kept],
        ['other', none],
      ],
      201,
    ],
    [
      [
        ['first', none],
        ['other', kept],
      ],
      415,
    ],
    [
      [
        ['first', kept],
        ['image', none],
      ],
      415,
    ],
    [Array.from({ length: 11 }, (_, n) => [`file${n}`, kept] as const), 400],
  ] as const) {
    const body = new FormData()
    for (const [field, file] of files) body.append(field, file, 'me.png')
    assert.equal((await world.fetch(own, { method: 'POST', as: 'grace', body })).status, status)
  }
})

function upload(world: World, image: Uint8Array<ArrayBuffer>): Promise<Response> {
  const body = new FormData()
  body.set('image', new Blob([image], { type: 'image/png' }), 'me.png')
  return world.fetch(own, { method: 'POST', as: 'grace', body })
}
