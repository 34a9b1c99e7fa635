/** Steps of a check: run side by side, a line for each, the output of those that failed. */
import { spawn } from 'node:child_process'

export interface StepResult {
  readonly name: string
  readonly passed: number
  readonly failed: number
}

/** A command that passes or fails as one. */
export interface Command {
  readonly name: string
  readonly command: readonly string[]
}

/** Runs a command to its end; its output is kept and shown only when it fails. */
export async function runCommand({ name, command }: Command): Promise<StepResult> {
  const since = performance.now()
  const [program = '', ...args] = command
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const output of [child.stdout, child.stderr]) {
    output.setEncoding('utf8').on('data', (chunk: string) => (said += chunk))
  }
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', (error) => {
      said += error.message
      resolve(null)
    })
    child.on('close', resolve)
  })
  const fine = code === 0
  tell(name, fine, since, fine ? '' : said)
  return { name, passed: fine ? 1 : 0, failed: fine ? 0 : 1 }
}

/** One line for a step that is done, and what it said if it failed. */
export function tell(name: string, fine: boolean, since: number, said: string, more = ''): void {
  const seconds = ((performance.now() - since) / 1000).toFixed(1)
  console.log(`  ${fine ? '✓' : '✗'} ${name}${more} (${seconds} s)`)
  if (!fine && said.trim() !== '') console.log(`\n${said.trimEnd()}\n`)
}
