import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foldText, foldWords, gramIn, gramsOf, gramsOfUser, matches, searchedText, termsOf } from './search-terms.ts'

const nobody = { email: null, username: null, firstName: null, lastName: null }

/** Whether a search for these words finds somebody of this name: by the definition, after making sure that the grams agree. */
function finds(name: string, search: string): boolean {
  const text = searchedText({ ...nobody, firstName: name })
  const words = foldWords([search])
  const { grams, spans } = termsOf(words)
  const held = gramsOf(text)
  const byGrams = grams.every((gram) => held.has(gram)) && spans.every((span) => text.includes(span))
  const byDefinition = words.every((word) => matches(text, word))
  assert.equal(byGrams, byDefinition, `${name} and ${search}`)
  return byDefinition
}

test('three code points and more are found anywhere, in every script', () => {
  for (const [name, search] of [
    ['Lovelace', 'vel'],
    ['Lovelace', 'LOVELACE'],
    ['Соловьёв', 'ЛОВЬ'],
    ['Παπαδόπουλος', 'δόπου'],
    ['فاطمة', 'طمة'],
    ['אברהם', 'ברה'],
    ['लक्ष्मी', 'क्ष'],
    ['司马相如', '马相如'],
    ['김수한무', '수한무'],
    ['ഉണ്ണി', 'ണ്ണ'],
    ['\u{20BB7}\u{20BB8}\u{20BB9}\u{20BBA}', '\u{20BB8}\u{20BB9}\u{20BBA}'],
    ['\u{1F642}\u{1F643}\u{1F644}', '\u{1F642}\u{1F643}\u{1F644}'],
  ] as const) {
    assert.equal(finds(name, search), true, `${name} by ${search}`)
    assert.equal(finds(name, `${search}x`), false, `${name} by ${search}x`)
  }
})

test('one and two code points are found where a word begins', () => {
  for (const [name, search] of [
    ['Ada', 'a'],
    ['Ada', 'AD'],
    ['Anne-Marie', 'ma'],
    ["O'Brien", 'b'],
    ['van_der', 'de'],
    ['x+tag', 'ta'],
    ['Жанна', 'ж'],
    ['김수', '김수'],
    ['Ünal', 'ü'],
    ['R2 3d', '3'],
  ] as const) {
    assert.equal(finds(name, search), true, `${name} by ${search}`)
  }
  for (const [name, search] of [
    ['Ada', 'd'],
    ['Ada', 'da'],
    ['Жанна', 'на'],
    ['김수', '수'],
    ['R2D2', '2d'],
  ] as const) {
    assert.equal(finds(name, search), false, `${name} by ${search}`)
  }
})

test('scripts that write without spaces are searched anywhere by one and two code points', () => {
  for (const [name, search] of [
    ['欧阳修', '修'],
    ['欧阳修', '阳修'],
    ['さくら', 'く'],
    ['ケンジロー', 'ロー'],
    ['สมชาย', 'ชา'],
    ['ສົມຈິດ', 'ຈິ'],
    ['សុខា', 'ខា'],
    ['မောင်', 'င်'],
    ['\u{20BB7}田', '田'],
    ['a王b', 'b'],
    ['a王b', '王b'],
  ] as const) {
    assert.equal(finds(name, search), true, `${name} by ${search}`)
  }
})

test('signs mean themselves', () => {
  for (const sign of [
    '%',
    '_',
    '"',
    "'",
    '*',
    '\\',
    '-',
    ':',
    '(',
    ')',
    '^',
    '+',
    '?',
    '{',
    '}',
    '~',
    '`',
    '|',
    '@',
    '“',
    '€',
  ]) {
    assert.equal(finds(`a${sign}b`, sign), true, sign)
    assert.equal(finds(`xa${sign}by`, `a${sign}b`), true, sign)
    assert.equal(finds('axb', sign), false, sign)
    assert.equal(finds('axb', `a${sign}b`), false, sign)
  }
})

test('what people take for the same letter is the same, and what they do not is not', () => {
  assert.equal(finds('Ａｄａ', 'ada'), true)
  assert.equal(finds('Ada', 'ＡＤＡ'), true)
  assert.equal(finds('ｶﾞｷﾞｸﾞ', 'ガギグ'), true)
  assert.equal(finds('José', 'Jose\u0301'), true)
  assert.equal(finds('Jose\u0301', 'osé'), true)
  assert.equal(finds('ΟΔΥΣΣΕΑΣ', 'οδυσ'), true)
  assert.equal(finds('Οδυσσέας', 'ΟΔΥΣ'), true)
  assert.equal(finds('İstanbul', 'istanbul'), true)
  assert.equal(finds('istanbul', 'İST'), true)
  assert.equal(finds('Weiß', 'eiß'), true)
  assert.equal(finds('WEIẞ', 'weiß'), true)
  assert.equal(finds('Weiß', 'WEISS'), true)
  assert.equal(finds('ﬁona', 'fio'), true)

  assert.equal(finds('José', 'jose'), false)
  assert.equal(finds('mıke', 'mike'), false)
})

test('a word is never found across two fields', () => {
  const text = searchedText({ email: 'ada@example.org', username: 'countess', firstName: 'Ada', lastName: 'Lovelace' })

  for (const word of ['ada', 'lovelace', 'count', 'example.org', 'lo', 'ex', 'or'])
    assert.equal(matches(text, word), true)
  for (const word of ['adalovelace', 'orgcountess', 'alo']) assert.equal(matches(text, word), false)
})

test('the username that an e-mail begins with is not kept twice', () => {
  assert.equal(searchedText({ ...nobody, email: 'ada@example.org', username: 'Ada' }), 'ada@example.org')
  assert.equal(searchedText({ ...nobody, email: 'ada.l@example.org', username: 'ada' }), 'ada.l@example.org\nada')
})

test('spaces of every kind part words, and ten words count', () => {
  assert.deepEqual(foldWords(['a\u00a0b', 'A', '\u3000', 'c']), ['a', 'b', 'c'])
  assert.equal(foldWords(Array.from({ length: 20 }, (_, n) => `word${n}`)).length, 10)
})

test('folding twice changes nothing', () => {
  for (const text of ['İİıi', 'ΣΑΣ ς', 'ﬃ ½ ™ ㍿', 'Ǆ ǅ', 'ẞß', 'ᾈΩ', '①Ⅻ', '\u1e9b\u0323']) {
    assert.equal(foldText(foldText(text)), foldText(text), text)
  }
})

test('the grams of any text agree with the definition for any word', () => {
  const alphabet = [...'ab1.@- \u0301é王さสЖςσ\u{20BB7}']
  let state = 1
  const below = (max: number) => {
    state = (state * 48271) % 0x7fffffff
    return state % max
  }
  const some = (length: number) => Array.from({ length }, () => alphabet[below(alphabet.length)]).join('')
  for (let round = 0; round < 5_000; round += 1) finds(some(below(12)), some(1 + below(5)))
})

test('a gram of one field is told from those of the others, and from all that a search asks for', () => {
  const ada = { email: 'ada.lovelace@example.com', username: 'countess', firstName: 'Ada', lastName: 'Lovelace' }
  const grams = gramsOfUser(ada)
  assert.ok(grams.has(gramIn('firstName', 'ada')) && grams.has(gramIn('username', 'cou')))
  assert.ok(!grams.has(gramIn('firstName', 'lov')) && !grams.has(gramIn('username', 'ada')))
  assert.ok([...gramsOf(searchedText(ada))].every((gram) => [...gram].length < 4 && grams.has(gram)))
})
