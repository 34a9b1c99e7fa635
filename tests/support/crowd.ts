/** Many at once: runs `work` for 0 … `count` - 1, so many at a time, and returns what each came to. */
export async function crowd<T>(
  count: number,
  atOnce: number,
  work: (number: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < count) {
      const number = next++
      results[number] = await work(number)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker))
  return results
}

/** How often each of the texts occurs. */
export function tally(texts: Iterable<string>): Record<string, number> {
  const counted: Record<string, number> = {}
  for (const text of texts) counted[text] = (counted[text] ?? 0) + 1
  return counted
}
