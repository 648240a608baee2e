// A segment of a full-text index as FTS5 keeps it, made at once of everybody who belongs to it: `fts5_index.c` says under “Details” what stands in
// its pages. Given one person after another, FTS5 takes several times as long to come to the same.

/** Grams and who has them. */
export interface Postings {
  people(): number
  /** In the order of the grams' bytes, which are those of UTF-8 in a binary string, and of the numbers of those who have them. */
  each(gram: (gram: string) => void, has: (number: number, column: number) => void): void
}

export interface Pages {
  /** A record of the table of data. */
  data(id: number, block: Uint8Array): void
  /** Where the first page is that has no term before this one. */
  term(term: Uint8Array, page: number): void
}

/** Unless a table is told otherwise. */
const pageBytes = 4050
/** The longest number of somebody, and the column. */
const entryBytesMax = 12
const headerBytes = 4
const skipsFromPages = 4
/** Stands before each term of an index that has no others for prefixes. */
const mainIndex = '0'

export function dataId(segment: number, page: number): number {
  return segment * 2 ** 37 + page
}

function skipId(segment: number, page: number): number {
  return dataId(segment, page) + 2 ** 36
}

/** Answers how many pages there are. */
export function writeSegment(segment: number, postings: Postings, pages: Pages): number {
  const leaf = openLeaf()
  const skips = openSkips()
  let pageNumber = 1
  let term = ''
  let before = 0
  let [branch, branchPage, pagesWithoutTerm] = ['', 1, 0]

  function flush(): void {
    if (!leaf.hasTerm()) pagesWithoutTerm += 1
    pages.data(dataId(segment, pageNumber), leaf.take())
    pageNumber += 1
  }

  function endBranch(): void {
    const block = pagesWithoutTerm >= skipsFromPages ? skips.block() : null
    if (block !== null) pages.data(skipId(segment, skips.page()), block)
    pages.term(Buffer.from(branch, 'latin1'), branchPage * 2 + (block === null ? 0 : 1))
    pagesWithoutTerm = 0
  }

  function startTerm(next: string): void {
    if (!leaf.isEmpty() && !leaf.hasRoomFor(next.length + 3 + entryBytesMax)) flush()
    const common = commonOf(term, next)
    if (!leaf.hasTerm() && pageNumber > 1) {
      endBranch()
      branch = next.slice(0, common + 1)
      branchPage = pageNumber
    }
    leaf.term(next, common)
    skips.begin(pageNumber)
    term = next
    before = 0
  }

  function entry(number: number, column: number): void {
    if (!leaf.hasRoomFor(entryBytesMax)) flush()
    if (!leaf.hasNumber()) {
      leaf.markNumber()
      skips.add(pageNumber, number)
      before = 0
    }
    leaf.entry(number - before, column)
    before = number
  }

  postings.each((gram) => startTerm(mainIndex + gram), entry)
  if (!leaf.isEmpty()) flush()
  endBranch()
  return pageNumber - 1
}

/** “Segment leaves”. */
function openLeaf() {
  const page = new Uint8Array(pageBytes + headerBytes)
  const footer = new Uint8Array(pageBytes)
  let [at, footerAt, termAt] = [headerBytes, 0, 0]
  let [hasTerm, hasNumber] = [false, false]
  return {
    hasTerm: () => hasTerm,
    /** Whether a number is there that need not be found from the header. */
    hasNumber: () => hasNumber,
    isEmpty: () => at === headerBytes,
    hasRoomFor: (bytes: number) => at + footerAt + bytes <= pageBytes,
    /** The first of a page is there as a whole, and any other without what it has in common with the one before. */
    term(term: string, common: number): void {
      footerAt = putVarint(footer, footerAt, at - termAt)
      termAt = at
      const prefix = hasTerm ? common : 0
      if (hasTerm) at = putVarint(page, at, prefix)
      at = putVarint(page, at, term.length - prefix)
      for (let place = prefix; place < term.length; place += 1) page[at++] = term.charCodeAt(place)
      hasTerm = true
      hasNumber = true
    },
    markNumber(): void {
      putTwo(page, 0, at)
      hasNumber = true
    },
    entry(delta: number, column: number): void {
      at = putVarint(page, at, delta)
      // The size of what follows, doubled; and the column, two more.
      page[at++] = 2
      page[at++] = column + 2
    },
    /** The page, and begins another. */
    take(): Uint8Array {
      putTwo(page, 2, at)
      page.set(footer.subarray(0, footerAt), at)
      const taken = page.slice(0, at + footerAt)
      page.fill(0, 0, headerBytes)
      ;[at, footerAt, termAt] = [headerBytes, 0, 0]
      ;[hasTerm, hasNumber] = [false, false]
      return taken
    },
  }
}

/** “Segment doclist indexes”, of one level: who comes first on each page that a list goes on on. */
function openSkips() {
  let bytes: number[] = []
  let page = 0
  let before = 0
  return {
    /** Of a list that begins on the page. */
    begin(pageNumber: number): void {
      bytes = []
      page = pageNumber
    },
    add(pageNumber: number, number: number): void {
      if (bytes.length === 0) bytes.push(0, ...varints([pageNumber, number]))
      else bytes.push(...varints([number - before]))
      before = number
    },
    page: () => page,
    block(): Uint8Array {
      if (bytes.length >= pageBytes) throw new RangeError('a segment of so many people takes skips in several levels')
      return Uint8Array.from(bytes)
    },
  }
}

function putTwo(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8
  bytes[at + 1] = value & 0xff
}

function commonOf(one: string, other: string): number {
  let at = 0
  while (at < one.length && one.charCodeAt(at) === other.charCodeAt(at)) at += 1
  return at
}

/** As SQLite writes them, up to 2^53: seven bits to a byte, the highest first. */
function putVarint(bytes: Uint8Array, at: number, value: number): number {
  if (value < 0x80) {
    bytes[at] = value
    return at + 1
  }
  let length = 2
  for (let rest = Math.floor(value / 0x4000); rest > 0; rest = Math.floor(rest / 0x80)) length += 1
  let rest = value
  for (let place = at + length - 1; place >= at; place -= 1) {
    bytes[place] = (rest % 0x80) | (place === at + length - 1 ? 0 : 0x80)
    rest = Math.floor(rest / 0x80)
  }
  return at + length
}

export function varints(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 9)
  let at = 0
  for (const value of values) at = putVarint(bytes, at, value)
  return bytes.subarray(0, at)
}
