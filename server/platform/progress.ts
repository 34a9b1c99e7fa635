/** Tells the person in front of the terminal what is being done, while it is being done. */
export interface Progress {
  /** Does the work and says how long it took. `note` may say what it is at meanwhile. */
  step<T>(words: string, work: (note: (words: string) => void) => Promise<T>): Promise<T>
}

/** On a terminal the line under way is rewritten; elsewhere a line appears when its step is done. */
export function openProgress(out: {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}): Progress {
  const live = out.isTTY === true
  const fit = (line: string): string => line.slice(0, (out.columns || 80) - 1)
  return {
    async step(words, work) {
      const since = performance.now()
      const show = (line: string): void => void (live && out.write(`\r\u001b[K${fit(line)}`))
      show(`  … ${words}`)
      try {
        const result = await work((note) => {
          if (live) show(`  … ${words}: ${note}`)
          else out.write(`    ${note}\n`)
        })
        const seconds = ((performance.now() - since) / 1000).toFixed(1)
        show('')
        out.write(`  ✓ ${words} (${seconds} s)\n`)
        return result
      } catch (error) {
        show('')
        throw error
      }
    },
  }
}
