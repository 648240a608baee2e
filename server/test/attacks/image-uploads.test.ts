import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '../../src/core/limits.ts'
import { cast } from '../cast.ts'
import * as images from '../images.ts'
import { doors, formWith, look, sendForm, upload, uploaded } from '../uploads.ts'
import { openWorld, type World } from '../world.ts'

const html = '<!doctype html><script>fetch("/api/users/me")</script>'
const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>'
const zip = Buffer.from(`PK\x05\x06${'\0'.repeat(18)}`, 'latin1')

const everyDoor = Object.keys(doors) as (keyof typeof doors)[]

async function verdictOf(answer: Response): Promise<string> {
  const text = await answer.text()
  return answer.ok ? 'taken' : `${answer.status} ${(JSON.parse(text) as { error: { code: string } }).error.code}`
}

async function avatarOf(world: World): Promise<unknown> {
  const answer = await world.fetch('/api/users/me?fields=avatar', { as: 'grace' })
  return ((await answer.json()) as { data: { avatar: unknown } }).data.avatar
}

test('what is no JPEG and no PNG is turned away, whatever it is called, and what asks for too much is not decoded', async () => {
  await using world = await openWorld()
  const bombs = [images.textBombPng('zTXt', 24, 8), images.textBombPng('iTXt', 24, 8), images.profileBombPng(24)]
  const refused: readonly [Uint8Array, string][] = [
    [Buffer.from(html), '415 UNSUPPORTED_MEDIA_TYPE'],
    [Buffer.from(svg), '415 UNSUPPORTED_MEDIA_TYPE'],
    [Buffer.from(`GIF89a${'\0'.repeat(100)}`, 'latin1'), '415 UNSUPPORTED_MEDIA_TYPE'],
    [await images.webp(), '415 UNSUPPORTED_MEDIA_TYPE'],
    [zip, '415 UNSUPPORTED_MEDIA_TYPE'],
    [Buffer.concat([Buffer.from(' '), images.smallPng]), '415 UNSUPPORTED_MEDIA_TYPE'],
    [Buffer.alloc(0), '415 UNSUPPORTED_MEDIA_TYPE'],
    [images.smallPng.subarray(0, 8), '422 UNPROCESSABLE_IMAGE'],
    [Buffer.from([0xff, 0xd8, 0xff]), '422 UNPROCESSABLE_IMAGE'],
    [(await images.rotatedJpeg()).subarray(0, 600), '422 UNPROCESSABLE_IMAGE'],
    [images.claimingPng(50_000, 50_000), '422 UNPROCESSABLE_IMAGE'],
    [images.claimingPng(0, 4), '422 UNPROCESSABLE_IMAGE'],
    [images.flatPng(16_000, 16_000), '422 UNPROCESSABLE_IMAGE'],
    [Buffer.alloc(limits.avatarBytesMax + 1, images.smallPng), '413 FILE_TOO_LARGE'],
  ]

  for (const [file, expected] of refused)
    for (const door of everyDoor) assert.equal(await verdictOf(await upload(world, file, { door })), expected, door)
  assert.equal(await avatarOf(world), null)
  for (const bomb of bombs)
    assert.match(await verdictOf(await upload(world, bomb)), /^taken$|^422 UNPROCESSABLE_IMAGE$/)
  const largest = Buffer.concat([images.smallPng, Buffer.alloc(limits.avatarBytesMax - images.smallPng.length)])
  assert.equal(await verdictOf(await upload(world, largest)), 'taken')
})

test('of a file that is two things at once nothing but the picture is left', async () => {
  await using world = await openWorld()
  const jpeg = await images.rotatedJpeg()
  const tails = [html, svg, zip.toString('latin1'), `<?php system($_GET["a"]) ?>`]
  const files = tails.flatMap((tail) => [
    Buffer.concat([jpeg, Buffer.from(tail, 'latin1')]),
    Buffer.concat([images.smallPng, Buffer.from(tail, 'latin1')]),
  ])

  for (const file of files) {
    const { avatar, thumbnails } = await uploaded(await upload(world, file))
    const answers = [avatar, thumbnails.medium, thumbnails.small].map((address) => look(world, address))
    for (const answer of [...answers, world.fetch(doors.racknap.path, { as: 'grace' })]) {
      const served = Buffer.from(await (await answer).arrayBuffer())
      for (const trace of [...tails, '<script', 'PK\x05\x06', '<?php', images.canary, 'Exif'])
        assert.equal(served.includes(trace, 0, 'latin1'), false, trace)
      assert.deepEqual([...served.subarray(-2)], [0xff, 0xd9])
    }
  }
})

test('the name and the type of a file mean nothing', async () => {
  await using world = await openWorld()
  const names = [
    '../../etc/passwd',
    '..\\\\..\\\\boot.ini',
    'a\\"; filename=\\"b.html',
    'x%0d%0aSet-Cookie: a=b',
    'CON',
    '\u202egpj.exe',
    '',
  ]
  for (const name of names) {
    const answer = await sendForm(world, formWith(images.smallPng, `name="avatar"; filename="${name}"`))
    const { avatar } = await uploaded(answer)
    assert.match(avatar, new RegExp(`/avatars/${cast.grace.user.id}\\.[0-9a-f]{32}\\.jpg$`))
    assert.equal((await look(world, avatar)).headers.get('content-disposition'), 'inline; filename="avatar.jpg"')
  }
  const broken = formWith(images.smallPng, 'name="avatar"; filename="a\r\nSet-Cookie: a=b\r\n.png"')
  const answer = await sendForm(world, broken)
  assert.equal(answer.headers.get('set-cookie'), null)
  assert.ok([200, 400].includes(answer.status))
  assert.doesNotMatch(world.logged.join(''), /passwd|boot\.ini|Set-Cookie/)
})

test('a form that is none, or of too many parts, is refused in the words of the contract', async () => {
  await using world = await openWorld()
  const whole = formWith(images.smallPng)
  const text = whole.toString('latin1')
  const edge = /^--(.+)\r\n/.exec(text)?.[1] ?? ''
  const part = (disposition: string, body: string) =>
    `--${edge}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${body}\r\n`
  const end = `--${edge}--\r\n`
  const file = part('name="avatar"; filename="a"', 'x')
  const malformed = [
    whole.subarray(0, -30),
    whole.subarray(0, 60),
    Buffer.from('not a form'),
    Buffer.from(`--${edge}`),
    Buffer.from(`--${edge}\r\n`),
    Buffer.from(`--${edge}\r\n${'A: b\r\n'.repeat(100_000)}\r\n${end}`),
    Buffer.from(`${file}${file}${end}`),
    Buffer.from(`${part('name="a"', 'b').repeat(limits.formFieldsMax + 1)}${end}`),
  ]
  const wrong = [
    Buffer.alloc(0),
    Buffer.from(end),
    Buffer.from(`${part('name="avatar"', 'text')}${end}`),
    Buffer.from(`${part('name="picture"; filename="a.png"', images.smallPng.toString('latin1'))}${end}`, 'latin1'),
    Buffer.from(`${part('filename="a.png"', 'x')}${end}`),
    Buffer.from(`${part(`name="${'n'.repeat(3000)}"`, 'v'.repeat(5000))}${end}`),
    Buffer.from(`--${edge}\r\n\r\nno head\r\n${end}`),
    Buffer.from(`${part('name="__proto__"; filename="a.png"', 'x')}${end}`),
  ]

  for (const body of [...malformed, ...wrong])
    assert.equal(await verdictOf(await sendForm(world, body)), '400 VALIDATION_ERROR', body.subarray(0, 200).toString())
  for (const type of ['multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; boundary="'])
    assert.equal(
      await verdictOf(await sendForm(world, whole, { headers: { 'content-type': type } })),
      '400 VALIDATION_ERROR',
      type,
    )
  for (const type of ['multipart/mixed; boundary=x', 'image/png', 'application/x-www-form-urlencoded'])
    assert.equal(
      await verdictOf(await sendForm(world, whole, { headers: { 'content-type': type } })),
      '415 UNSUPPORTED_MEDIA_TYPE',
    )
  assert.equal(await avatarOf(world), null)
})

test('no more forms with files are taken in at once than there is room for, and the next finds room again', async () => {
  await using world = await openWorld()
  const count = limits.uploadsMax + 6
  const largest = Buffer.concat([images.smallPng, Buffer.alloc(4 * 1024 * 1024)])

  const verdicts = await Promise.all(Array.from({ length: count }, async () => verdictOf(await upload(world, largest))))

  assert.ok(
    verdicts.every((verdict) => verdict === 'taken' || verdict === '503 UNAVAILABLE'),
    verdicts.join(),
  )
  assert.ok(verdicts.filter((verdict) => verdict === 'taken').length >= limits.uploadsMax)
  assert.equal(await verdictOf(await upload(world, images.smallPng)), 'taken')
})
