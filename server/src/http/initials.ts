import type { UserId } from '../core/users/user.ts'

/** On each of them white is read easily: a contrast of five to one and more. */
const colours = [
  '#8a3b12',
  '#7a4a00',
  '#4d6000',
  '#1f6b2e',
  '#00696b',
  '#005f9e',
  '#3f51b5',
  '#6a3ab2',
  '#9c27b0',
  '#ad1457',
]

const letter = /^\p{L}{1,2}$/u

/** A drawing in place of a picture. Of what people are called, letters alone get into it; its colour comes from the id. */
export function drawInitials(userId: UserId, initials: string): string {
  const shown = letter.test(initials) ? initials : ''
  const colour = colours[Number.parseInt(userId.slice(-6), 16) % colours.length]
  const text = `<text x="128" y="128" dy="0.35em" text-anchor="middle" font-family="system-ui, sans-serif" font-size="104" fill="#ffffff">${shown}</text>`
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 256 256">',
    `<rect width="256" height="256" fill="${colour}"/>`,
    shown === '' ? somebody : text,
    '</svg>',
  ].join('')
}

/** Head and shoulders. */
const somebody =
  '<circle cx="128" cy="100" r="44" fill="#ffffff"/><path d="M40 236a88 80 0 0 1 176 0z" fill="#ffffff"/>'
