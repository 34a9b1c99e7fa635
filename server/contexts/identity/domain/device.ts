/** The first that fits wins: most browsers also name those they want to be taken for. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMacintosh\b|\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

const LONGEST = 40

/**
 * A name by which people recognize the device of a sign-in (IDN-12): `Firefox on Linux`; of a
 * program that is no browser its own name. Whatever else a User-Agent tells is not kept.
 */
export function deviceOf(userAgent: string | undefined): string {
  const given = (userAgent ?? '').slice(0, 500)
  const browser = BROWSERS.find(([pattern]) => pattern.test(given))?.[1]
  const system = SYSTEMS.find(([pattern]) => pattern.test(given))?.[1]
  if (browser !== undefined) return system === undefined ? browser : `${browser} on ${system}`
  const name = /^[\w.-]+/.exec(given)?.[0].slice(0, LONGEST)
  return name ?? 'unknown device'
}
