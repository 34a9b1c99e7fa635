/**
 * The versions that `If-Match` accepts; undefined when any will do. A tag that is none of ours
 * accepts no version, and so does a weak one (RFC 9110 section 13.1.1).
 */
export function versionsOf(ifMatch: string | undefined): readonly number[] | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined
  return ifMatch.split(',').flatMap((each) => {
    const found = /^\s*"(\d{1,9})"\s*$/.exec(each)
    return found === null ? [] : [Number(found[1])]
  })
}
