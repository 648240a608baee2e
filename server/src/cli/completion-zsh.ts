import type { Place, Value } from './completion.ts'
import { valued } from './completion-bash.ts'

/** As for bash, with what each word does. `path` is the shell's own name for something else. */
export function zshScript(places: readonly Place[]): string {
  return `#compdef roster
# What zsh completes of roster. To have it: source <(roster completion zsh), behind compinit
_roster() {
  local at='' of='' word i
  local -i n=0
  local -a commands options choices
  for ((i = 2; i < CURRENT; i++)); do
    word=$words[i]
    if [[ -n $of ]]; then of=''; continue; fi
    case "$at:$word" in
${walk(places)}
      (*:-*) ;;
      (*) n=n+1 ;;
    esac
  done
  if [[ -n $of ]]; then
    case "$of" in
${valued(places)
  .map(({ key, value }) => `      ('${key}') ${assigned(value)} ;;`)
  .join('\n')}
    esac
    (( $#choices )) && compadd -- $choices
    return
  fi
  case "$at" in
${places.map(placeCase).join('\n')}
  esac
  if [[ $PREFIX == -* ]]; then _describe -o option options; return; fi
  (( $#commands )) && _describe command commands
  case "$at:$n" in
${argumentValues(places)}
  esac
  (( $#choices )) && compadd -- $choices
}
if [[ $funcstack[1] == _roster ]]; then _roster "$@"; else compdef _roster roster; fi
`
}

function walk(places: readonly Place[]): string {
  const commands = places.flatMap(({ path, commands: below }) =>
    below.map(({ name }) => `      ('${path}:${name}') at='${`${path} ${name}`.trim()}' n=0 ;;`),
  )
  return [...commands, ...valued(places).map(({ key }) => `      ('${key}') of='${key}' ;;`)].join('\n')
}

function argumentValues(places: readonly Place[]): string {
  return places
    .flatMap(({ path, arguments: values }) => values.map((value, n) => `    ('${path}:${n}') ${assigned(value)} ;;`))
    .join('\n')
}

function placeCase({ path, commands, options }: Place): string {
  const named = commands.map(({ name, does }) => described(name, does))
  const all = options.flatMap(({ names, does }) => names.map((name) => described(name, does)))
  return `    ('${path}') commands=(${named.join(' ')}) options=(${all.join(' ')}) ;;`
}

/** A colon stands between a word and what it does. */
function described(name: string, does: string): string {
  return `'${`${name}:${does.replaceAll(':', '\\:')}`.replaceAll("'", `'\\''`)}'`
}

function assigned({ choices, isFile }: Value): string {
  if (isFile) return '_files; return'
  return choices.length === 0 ? ':' : `choices=(${choices.map((choice) => `'${choice}'`).join(' ')})`
}
