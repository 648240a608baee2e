/**
 * Gathers the garbage of this thread and gives back the room that it took, of which V8 keeps up to a hundred MB for the next busy time. Does nothing
 * unless the process was started with `--expose-gc`, as the launcher starts an import.
 */
export function giveBack(): void {
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
