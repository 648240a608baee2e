import type { Place, Value } from './completion.ts'

/**
 * For bash 3.2 and later, as a Mac has it. One look at the words says which command they have come to (`at`), whether the next word is the value of an option
 * (`of`), and how many arguments stand before it (`n`).
 */
export function bashScript(places: readonly Place[]): string {
  return `# What bash completes of roster. To have it: eval "$(roster completion bash)"
_roster() {
  local cur=\${COMP_WORDS[COMP_CWORD]} at='' of='' n=0 word i words='' options='' files=''
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ -n $of ]]; then of=''; continue; fi
    case "$at:$word" in
${walk(places)}
      *:-*) ;;
      *) n=$((n + 1)) ;;
    esac
  done
  if [[ -n $of ]]; then
    case "$of" in
${optionValues(places)}
    esac
  else
    case "$at" in
${places.map(placeCase).join('\n')}
    esac
    case "$at:$n" in
${argumentValues(places)}
    esac
    if [[ $cur == -* ]]; then words=$options; files=''; fi
  fi
  if [[ -n $files ]]; then
    compopt -o filenames 2>/dev/null
    local IFS=$'\\n'
    COMPREPLY=($(compgen -f -- "$cur"))
  else
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
  fi
}
complete -F _roster roster
`
}

function walk(places: readonly Place[]): string {
  const commands = places.flatMap(({ path, commands: below }) =>
    below.map(({ name }) => `      '${path}:${name}') at='${`${path} ${name}`.trim()}' n=0 ;;`),
  )
  const options = valued(places).map(({ key }) => `      '${key}') of='${key}' ;;`)
  return [...commands, ...options].join('\n')
}

function optionValues(places: readonly Place[]): string {
  return valued(places)
    .map(({ key, value }) => `      '${key}') ${assigned(value)} ;;`)
    .join('\n')
}

function argumentValues(places: readonly Place[]): string {
  return places
    .flatMap(({ path, arguments: values }) => values.map((value, n) => `      '${path}:${n}') ${assigned(value)} ;;`))
    .join('\n')
}

function placeCase({ path, commands, options }: Place): string {
  const names = commands.map(({ name }) => name).join(' ')
  const all = options.flatMap((option) => option.names).join(' ')
  return `      '${path}') words='${names}' options='${all}' ;;`
}

/** Nothing for what nobody can guess. */
function assigned({ choices, isFile }: Value): string {
  if (isFile) return 'files=1'
  return choices.length === 0 ? ':' : `words='${choices.join(' ')}'`
}

/** The options that take a value, by their place and name. */
export function valued(places: readonly Place[]): { key: string; value: Value }[] {
  return places.flatMap(({ path, options }) =>
    options.flatMap(({ names, value }) =>
      value === null ? [] : names.map((name) => ({ key: `${path}:${name}`, value })),
    ),
  )
}
