import { useMemo } from 'react'
import { useDraft } from '../ui/draft.ts'
import { type Line, markRepeated } from './lines.ts'
import { readPastedList } from './pasted-list.ts'
import type { Verdict } from './run.ts'
import { type Column, guessMapping, linesOf, type Mapping, type Table } from './table.ts'

/** A file that was read. */
interface SheetFile {
  readonly name: string
  readonly table: Table
  readonly mapping: Mapping
}

export interface BulkDraft {
  readonly text: string
  readonly file: SheetFile | null
  /** What the server said when it was last asked what would come of it. */
  readonly checked: Checked | null
}

/** What would come of each line; null for one that was not asked about, too. */
interface Checked {
  readonly of: string | SheetFile | null
  readonly as: string
  readonly verdicts: readonly Verdict[]
}

const empty: BulkDraft = { text: '', file: null, checked: null }

/** Where the lines come from. */
export type Source = 'list' | 'file'

/** What somebody pasted or chose, as lines with everything that can be said of them here. */
export function useBulkDraft(kind: string, source: Source, problemWith: (line: Line) => string | null) {
  const [draft, change, forget] = useDraft<BulkDraft>(`${kind}-${source}`, empty)
  const { text, file, checked } = draft
  const given = useMemo(
    () => (source === 'list' ? readPastedList(text) : file === null ? [] : linesOf(file.table, file.mapping)),
    [source, text, file],
  )
  const lines = useMemo(() => {
    const examined = given.map((line) => ({ ...line, problem: line.problem ?? problemWith(line) }))
    return markRepeated(markRepeated(examined), 'username')
  }, [given, problemWith])
  const of = source === 'list' ? text : file
  return {
    draft,
    lines,
    forget,
    setText: (text: string) => change({ text }),
    setTable: (name: string, table: Table, columns: readonly Column[]) =>
      change({ file: { name, table, mapping: guessMapping(table, columns) } }),
    setMapping: (mapping: Mapping) => file !== null && change({ file: { ...file, mapping } }),
    dropFile: () => change({ file: null }),
    setChecked: (as: string, verdicts: readonly Verdict[]) => change({ checked: { of, as, verdicts } }),
    /** What the server said of the lines as they are, where it was asked. */
    verdictsAs: (as: string) => (checked !== null && checked.of === of && checked.as === as ? checked.verdicts : null),
  }
}
