import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'

import type { Platform } from '#platform/context'

import type { Ingested, RenderWish } from '../provider.ts'

export type Task =
  | { readonly kind: 'ingest'; readonly bytes: Uint8Array; readonly format: string }
  | { readonly kind: 'render'; readonly bytes: Uint8Array; readonly wish: RenderWish }

export type Done =
  | { readonly kind: 'ingested'; readonly value: Ingested }
  | { readonly kind: 'rendered'; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly reason: string }

export type Ended = Done | { readonly kind: 'died' } | { readonly kind: 'too-slow' }

/** The program that makes pictures; started when it is needed, and again after it ended. */
export interface StudioProgram {
  /** One at a time. It is killed when it takes longer. */
  run(task: Task, seconds: number): Promise<Ended>
}

export function studioProgram({ waiting, log }: Pick<Platform, 'waiting' | 'log'>): StudioProgram {
  let child: ChildProcess | undefined

  function launch(): ChildProcess {
    // Of our environment it sees nothing; two arenas, or memory of large pictures stays with it.
    const launched = fork(join(import.meta.dirname, 'studio-main.ts'), [], {
      env: { MALLOC_ARENA_MAX: '2' },
      execArgv: [],
      serialization: 'advanced',
      stdio: 'ignore',
    })
    launched.on('exit', () => {
      if (child === launched) child = undefined
    })
    launched.on('error', (error) => log.warn({ err: error }, 'the studio cannot be reached'))
    return launched
  }

  return {
    run(task, seconds) {
      const program = (child ??= launch())
      hold(program, true)
      return new Promise((resolve) => {
        const end = (ended: Ended): void => {
          callOff()
          program.off('message', hear)
          program.off('exit', die)
          hold(program, false)
          if (ended.kind === 'too-slow' || ended.kind === 'died') {
            program.kill('SIGKILL')
            if (child === program) child = undefined
          }
          resolve(ended)
        }
        const hear = (done: unknown): void => end(done as Done)
        const die = (): void => end({ kind: 'died' })
        const callOff = waiting.after(seconds * 1000, () => end({ kind: 'too-slow' }))
        program.on('message', hear)
        program.on('exit', die)
        program.send(task, (error) => {
          if (error !== null) die()
        })
      })
    },
  }
}

/** A program that has nothing to do does not keep this one from ending. */
function hold(program: ChildProcess, isHeld: boolean): void {
  const { channel } = program
  if (isHeld) {
    program.ref()
    channel?.ref()
  } else {
    program.unref()
    channel?.unref()
  }
}
