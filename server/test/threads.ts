import { readdirSync, readFileSync } from 'node:fs'

/** How far the threads of this process that have the name stand back, each figure once. Linux only. */
export function nicenessOf(wanted: string): number[] {
  const figures = readdirSync('/proc/self/task').map((thread) => {
    const [, name, fields = ''] = /^\d+ \((.+)\) (.+)$/s.exec(statOf(thread)) ?? []
    return name === wanted ? [Number(fields.split(' ')[16])] : []
  })
  return [...new Set(figures.flat())]
}

/** Nothing of one that has ended meanwhile. */
function statOf(thread: string): string {
  try {
    return readFileSync(`/proc/self/task/${thread}/stat`, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return ''
    throw error
  }
}
