import type { Session, SessionBox } from './contract.ts'
import type { Seal } from './seal.ts'

const DAYS = 60
/** What browsers take of a cookie. */
const MOST_BYTES = 3_800

/** The tokens of the oldest orders go first, then the oldest wishes; these orders stay longest. */
const LATEST_ORDERS = 5

/** `__Host-` binds a cookie to this very host, over https only (RFC 6265bis); browsers trust localhost, too. */
const NAME = '__Host-torg'

export interface OpenSession extends SessionBox {
  /** The cookie to be set, if anything changed. */
  cookie(): string | undefined
}

/** A page that is everybody's must not know who came: to ask is a bug of the page. */
export const nobody: SessionBox = {
  read() {
    throw new Error('A page that is the same for everybody asked who came.')
  },
  write() {
    throw new Error('A page that is the same for everybody changed a session.')
  },
  signOut() {
    throw new Error('A page that is the same for everybody signed somebody out.')
  },
}

export function openSession(seal: Seal, header: string | undefined): OpenSession {
  const before = sessionIn(seal, header)
  let changed: Session | undefined
  return {
    read: () => changed ?? before,
    write(session) {
      changed = session
    },
    signOut() {
      changed = signedOut(changed ?? before)
    },
    cookie: () => (changed === undefined ? undefined : cookieOf(seal, changed)),
  }
}

/** What a browser keeps when nobody is signed in there any more. The cart is its owner's alone. */
export function signedOut(session: Session): Session {
  const { accessToken: _access, refreshToken: _refresh, cartId: _cart, ...rest } = session
  return rest
}

function sessionIn(seal: Seal, header = ''): Session {
  const found = header.split(/;\s*/).find((each) => each.startsWith(`${NAME}=`))
  const text = found === undefined ? undefined : seal.open(found.slice(NAME.length + 1))
  // What is sealed was written here.
  return text === undefined ? {} : (JSON.parse(text) as Session)
}

function cookieOf(seal: Seal, session: Session): string {
  let tokens = Object.entries(session.orderTokens ?? {})
  let wishes = session.wishes ?? []
  for (;;) {
    const { wishes: _, ...rest } = session
    const kept = { ...rest, orderTokens: Object.fromEntries(tokens) }
    const value = seal.close(JSON.stringify(wishes.length === 0 ? kept : { ...kept, wishes }))
    if (value.length > MOST_BYTES && tokens.length + wishes.length > 0) {
      if (tokens.length > LATEST_ORDERS || wishes.length === 0) tokens = tokens.slice(1)
      else wishes = wishes.slice(1)
      continue
    }
    return `${NAME}=${value}; Path=/; Max-Age=${DAYS * 86_400}; Secure; HttpOnly; SameSite=Lax`
  }
}
