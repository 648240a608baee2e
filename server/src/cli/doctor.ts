import type { Environment } from '../app/settings.ts'
import { type ExitCode, exitCodes, type Style, say, sayJson, styled } from './command.ts'
import { examine } from './doctor-checks.ts'
import type { Finding } from './finding.ts'

/** Says what is fine, what wants attention and what is broken; fails when something is broken. */
export async function doctor(environment: Environment, { json = false }: { json?: boolean }): Promise<ExitCode> {
  const findings = await examine(environment)
  const isBroken = findings.some(({ state }) => state === 'broken')
  if (json) sayJson({ ok: !isBroken, findings })
  else say(report(findings))
  return isBroken ? exitCodes.failed : exitCodes.ok
}

const marks: Readonly<Record<Finding['state'], { mark: string; style: Style }>> = {
  fine: { mark: '✓', style: 'green' },
  attention: { mark: '!', style: 'yellow' },
  broken: { mark: '✗', style: 'red' },
}

export function report(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length)) + 2
  const lines = findings.map(({ check, state, says }) => {
    const { mark, style } = marks[state]
    return `  ${styled(style, mark)} ${check.padEnd(width)}${says}`
  })
  return ['', ...lines, '', `  ${summary(findings)}`, ''].join('\n')
}

function summary(findings: readonly Finding[]): string {
  const count = (wanted: Finding['state']) => findings.filter(({ state }) => state === wanted).length
  const [broken, attention] = [count('broken'), count('attention')]
  if (broken + attention === 0) return 'All is well.'
  const parts = [
    ...(broken > 0 ? [styled('red', `${broken} broken`)] : []),
    ...(attention > 0 ? [styled('yellow', `${attention} ${attention === 1 ? 'wants' : 'want'} attention`)] : []),
  ]
  return `${parts.join(', ')}.`
}
