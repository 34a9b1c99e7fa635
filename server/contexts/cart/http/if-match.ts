/**
 * The versions that `If-Match` and a body accept; undefined when both accept any. A tag that is
 * none of ours accepts no version, and so does a weak one (RFC 9110 section 13.1.1).
 */
export function versionsOf(
  ifMatch: string | undefined,
  version?: number,
): readonly number[] | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') {
    return version === undefined ? undefined : [version]
  }
  const named = ifMatch.split(',').flatMap((each) => {
    const found = /^\s*"(\d{1,9})(?:\.[\w-]*)?"\s*$/.exec(each)
    return found === null ? [] : [Number(found[1])]
  })
  return version === undefined ? named : named.filter((each) => each === version)
}
