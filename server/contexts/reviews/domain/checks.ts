import type { Flag } from '../contract.ts'

/** Below this nobody shouts: "XXL" is a size. */
const SHOUT_LETTERS = 20
const SHOUT_SHARE = 0.7

const LINK =
  /(?:https?:\/\/|www\.|t\.me\/|\b[a-z0-9-]{2,63}\.(?:com|net|org|ru|ua|info|shop|xyz|site|biz)\b)/i

/**
 * Beginnings of coarse words, by language. They only make a text wait for somebody who reads it, so
 * a false alarm costs a glance.
 */
const COARSE =
  /(?<!\p{L})(?:бляд|блят|хуй|хуя|хуе|хує|пизд|їбан|ебан|єбан|сука(?!\p{L})|гандон|мудак|довбо[йї]б|долбо[её]б|fuck|shit(?!ake)|bitch|asshole|cunt)/iu

/** What a reader should look at before others do. Linear in the text, which is bounded at the border. */
export function flagsOf(
  { title = '', text }: { readonly title?: string; readonly text: string },
  isRepeated: boolean,
): Flag[] {
  const whole = `${title}\n${text}`
  const letters = [...whole.matchAll(/\p{L}/gu)].length
  const capitals = [...whole.matchAll(/\p{Lu}/gu)].length
  const found: Record<Flag, boolean> = {
    coarse: COARSE.test(whole),
    links: LINK.test(whole),
    repeated: isRepeated,
    shouted: letters >= SHOUT_LETTERS && capitals / letters > SHOUT_SHARE,
  }
  return (Object.keys(found) as Flag[]).filter((flag) => found[flag])
}

/** The same for texts that say the same: for finding what was pasted under many products. */
export function essence(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
