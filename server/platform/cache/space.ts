import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What the names of shared answers begin with: the same for processes that run the same program, with
 * the same facts of its surroundings, and other for everybody else. There is no build, so the program
 * is its sources and the packages they were locked to. Reads some hundred files, once.
 */
export function spaceOf(root: string, facts: readonly string[]): string {
  const program = createHash('sha256').update(JSON.stringify(facts))
  const server = join(root, 'server')
  const files = readdirSync(server, { recursive: true, encoding: 'utf8' })
  const sources = files.filter((file) => /(?<!\.test|\.testing)\.ts$/.test(file)).toSorted()
  for (const file of sources) program.update(`\n${file}\n`).update(readFileSync(join(server, file)))
  const lock = join(root, 'package-lock.json')
  if (existsSync(lock)) program.update(readFileSync(lock))
  return `torg:${program.digest('base64url').slice(0, 22)}:`
}
