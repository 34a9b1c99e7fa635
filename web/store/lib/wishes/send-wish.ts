/** What a heart is answered with: empty when it was done, else what to say. */
export interface WishAnswer {
  readonly problem: string
}

/** Sends a heart; `otherwise` is said where nobody answers. */
export async function sendWish(
  path: string,
  body: URLSearchParams,
  otherwise: string,
): Promise<string> {
  try {
    const answer = await fetch(path, {
      method: 'POST',
      body,
      headers: { accept: 'application/json' },
    })
    if (!answer.ok) return otherwise
    const { problem } = (await answer.json()) as WishAnswer
    return problem
  } catch {
    // No network.
    return otherwise
  }
}
