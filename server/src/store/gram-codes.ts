const bits = 7

/** Up to four signs of ASCII but NUL, the mark among them, as one number that is not 0. */
export function codeOf(points: string, at: number, length: number, mark: string | null): number {
  let code = mark === null ? 0 : mark.charCodeAt(0)
  for (let place = at; place < at + length; place += 1) code = (code << bits) | points.charCodeAt(place)
  return code
}

export function textOfCode(code: number): string {
  let text = ''
  for (let rest = code; rest > 0; rest >>>= bits) text = String.fromCharCode(rest & 0x7f) + text
  return text
}

/** The slot at which to look for a code first, of a power of two of them. */
export function slotFor(code: number, slots: number): number {
  return (Math.imul(code, 0x9e3779b1) >>> 8) & (slots - 1)
}
