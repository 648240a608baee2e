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
  /** How many things it made that the writer has not written yet. */
  readonly unwritten: Int32Array
}

export type Made =
  | { readonly kind: 'people'; readonly people: Parameters<SegmentSink['people']> }
  | { readonly kind: 'pages'; readonly pages: Parameters<SegmentSink['pages']> }
  | { readonly kind: 'end'; readonly indexed: Indexed }

/** No more than that waits in memory. */
const unwrittenMax = 16
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

function tell(made: Made): void {
  for (let waiting = Atomics.load(unwritten, 0); waiting >= unwrittenMax; waiting = Atomics.load(unwritten, 0))
    Atomics.wait(unwritten, 0, waiting)
  Atomics.add(unwritten, 0, 1)
  port.postMessage(made)
}
