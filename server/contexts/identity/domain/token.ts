/** A token in its two parts: whose it is, and the secret that proves it. */
export interface Token {
  readonly id: string
  readonly secret: string
}

/** `<id>.<256 bits>` */
export function writeToken({ id, secret }: Token): string {
  return `${id}.${secret}`
}

/** Undefined for what no one of us wrote. */
export function readToken(text: string): Token | undefined {
  const found = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/.exec(text)
  const [, id, secret] = found ?? []
  return id === undefined || secret === undefined ? undefined : { id, secret }
}
