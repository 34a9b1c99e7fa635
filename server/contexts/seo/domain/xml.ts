/** What XML 1.0 section 2.2 does not allow, not even escaped. */
const FORBIDDEN =
  // oxlint-disable-next-line no-control-regex -- these are what must not be in it
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Text made safe to stand in an element or an attribute. */
export function xml(text: string): string {
  return text.replace(FORBIDDEN, '').replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '')
}

/** `<name>text</name>`; nothing at all for no text. */
export function element(name: string, text: string | undefined): string {
  return text === undefined || text === '' ? '' : `<${name}>${xml(text)}</${name}>`
}

export const PROLOG = '<?xml version="1.0" encoding="UTF-8"?>\n'
