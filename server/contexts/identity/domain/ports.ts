/** Turns passwords into what may be stored, slowly. Both throw `Unavailable` when too many wait. */
export interface PasswordHashes {
  hash(password: string): Promise<string>
  /** With no hash it takes as long and says no, so that time does not tell who has an account. */
  verify(hash: string | undefined, password: string): Promise<boolean>
}

/** Makes and compares secrets. */
export interface SecretTexts {
  /** 256 random bits as 43 characters. */
  make(): string
  /** SHA-256: enough for a text nobody can guess. */
  hash(text: string): string
  /** A keyed hash, for what could be guessed: an e-mail address, a network address. */
  disguise(text: string): string
  /** The secret that comes after another: the same for whoever has the deployment’s key, a guess for others. */
  next(text: string): string
  /** In constant time. */
  equal(a: string, b: string): boolean
}

/** Keeps a secret in the database so that the database alone does not tell it. */
export interface SecretBox {
  /** `about` is not kept; who opens must name the same. */
  seal(text: string, about: string): string
  /** Undefined for what was not sealed by this deployment about this. */
  open(sealed: string, about: string): string | undefined
}
