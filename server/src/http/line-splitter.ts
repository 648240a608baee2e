/** A line without its end. */
export interface Line {
  /** From 1. */
  readonly number: number
  /** Null when there are too many of them. */
  readonly bytes: Buffer | null
  readonly length: number
}

export interface LineSplitter {
  /** The lines that end in these bytes. Empty ones count and are left out. */
  split(bytes: Buffer): Line[]
  /** The last line, if nothing ended it. */
  rest(): Line[]
}

const newline = 10
const carriageReturn = 13
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf])

/** Cuts a stream at its newlines, and holds no more of it than the longest line that is wanted. */
export function openSplitter(bytesMax: number): LineSplitter {
  let pieces: Buffer[] = []
  let length = 0
  let number = 0

  function gather(piece: Buffer): void {
    length += piece.length
    if (length <= bytesMax) pieces.push(piece)
    else pieces = []
  }

  function finish(): Line[] {
    number += 1
    const whole = length > bytesMax ? null : trimmed(Buffer.concat(pieces), number === 1)
    const line = { number, bytes: whole, length }
    pieces = []
    length = 0
    return whole?.length === 0 ? [] : [line]
  }

  return {
    split(bytes) {
      const lines: Line[] = []
      let from = 0
      for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, from)) {
        gather(bytes.subarray(from, at))
        lines.push(...finish())
        from = at + 1
      }
      gather(bytes.subarray(from))
      return lines
    },
    rest: () => (length > 0 ? finish() : []),
  }
}

/** Without a carriage return at the end, and in the first line without a byte order mark. */
function trimmed(bytes: Buffer, isFirst: boolean): Buffer {
  const from = isFirst && bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark) ? byteOrderMark.length : 0
  const to = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length
  return bytes.subarray(from, to)
}
