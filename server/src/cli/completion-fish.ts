import type { Place, Value } from './completion.ts'
import { valued } from './completion-bash.ts'

/** One line for each word that can be typed, with the command behind which it can. */
export function fishScript(places: readonly Place[]): string {
  return `# What fish completes of roster. To have it: roster completion fish | source
function __roster_is
    set -l at ''
    set -l skip 0
    set -l words (commandline -opc)
    for word in $words[2..-1]
        if test $skip = 1
            set skip 0
            continue
        end
        switch "$at:$word"
${walk(places)}
        end
    end
    test "$at" = "$argv[1]"
end
complete -c roster -f
${places.flatMap(linesOf).join('\n')}
`
}

function walk(places: readonly Place[]): string {
  const commands = places.flatMap(({ path, commands: below }) =>
    below.map(({ name }) => `            case '${path}:${name}'\n                set at '${`${path} ${name}`.trim()}'`),
  )
  const options = valued(places).map(({ key }) => `            case '${key}'\n                set skip 1`)
  return [...commands, ...options].join('\n')
}

function linesOf({ path, commands, options, arguments: values }: Place): string[] {
  const here = `complete -c roster -n "__roster_is '${path}'"`
  return [
    ...commands.map(({ name, does }) => `${here} -a '${name}' -d ${quoted(does)}`),
    ...options.map(
      ({ names, does, value }) => `${here} ${names.map(flagged).join(' ')}${taking(value)} -d ${quoted(does)}`,
    ),
    ...values
      .map(offered)
      .filter((offer) => offer !== '')
      .map((offer) => `${here} ${offer}`),
  ]
}

function flagged(name: string): string {
  return name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`
}

function taking(value: Value | null): string {
  if (value === null) return ''
  return value.isFile ? ' -r -F' : ` -x ${offered(value)}`.trimEnd()
}

function offered({ choices, isFile }: Value): string {
  if (isFile) return '-F'
  return choices.length === 0 ? '' : `-a ${quoted(choices.join(' '))}`
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
