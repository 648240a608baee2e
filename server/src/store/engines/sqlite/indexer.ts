import { parentPort, workerData } from 'node:worker_threads'
import { openReading } from './connection.ts'
import type { Seat } from './messages.ts'
import { openQueries } from './queries.ts'
import { type Indexed, makeSegments, type SegmentSink } from './search-filling.ts'

// The thread that makes the index of the search while the writer makes the others.

/** What it is told when it starts. */
export interface IndexerTask {
  readonly seat: Seat
  readonly indexed: Indexed
  /** About how many bytes of what it made the writer has not written yet. */
  readonly unwritten: Int32Array
}

export type Made = { readonly bytes: number } & Making

type Making =
  | { readonly kind: 'people'; readonly people: Parameters<SegmentSink['people']> }
  | { readonly kind: 'pages'; readonly pages: Parameters<SegmentSink['pages']> }
  | { readonly kind: 'end'; readonly indexed: Indexed }

/** Hardly more than that waits in memory. The writer sorts for seconds on end, and what is made in that time finds room. */
const unwrittenBytesMax = 16 * 1024 * 1024
const cacheKib = 4 * 1024

if (parentPort === null) throw new Error('the indexer runs as a worker thread')
const port = parentPort
const { seat, indexed, unwritten } = workerData as IndexerTask
const connection = openReading(seat.file, seat.fileKey)
// It goes through everybody once.
connection.pragma(`cache_size = -${cacheKib}`)
makeSegments(openQueries(connection), indexed, {
  people: (...people) => tell({ kind: 'people', people }),
  pages: (...pages) => tell({ kind: 'pages', pages }),
  end: (reached) => tell({ kind: 'end', indexed: reached }),
})
connection.close()

function tell(made: Making): void {
  const bytes = bytesOf(made)
  for (let waiting = waits(); waiting > 0 && waiting + bytes > unwrittenBytesMax; waiting = waits())
    Atomics.wait(unwritten, 0, waiting)
  Atomics.add(unwritten, 0, bytes)
  port.postMessage({ ...made, bytes } satisfies Made)
}

function waits(): number {
  return Atomics.load(unwritten, 0)
}

/** Of what most of it is. */
function bytesOf(made: Making): number {
  if (made.kind === 'end') return 0
  if (made.kind === 'people') return made.people[0].reduce((bytes, [, , , text]) => bytes + text.length, 0)
  return made.pages[0].reduce((bytes, [, block]) => bytes + (block as Uint8Array).length, 0)
}
