/** What a guest wishes for, as the sealed session keeps it: short, for a cookie has little room. */
export interface Wished {
  readonly productId: string
  /** The variant, where one was chosen. */
  readonly sku?: string
}

/** So many a guest keeps; who signs in keeps more. */
export const MOST_OF_GUEST = 30

/** A longer SKU is left out: the product is kept all the same. */
const LONGEST_SKU = 24

const HYPHENS = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/

/** `0199…`, or `0199…~SKU`. */
export function written({ productId, sku = '' }: Wished): string {
  const id = productId.replaceAll('-', '')
  return sku === '' || sku.length > LONGEST_SKU ? id : `${id}~${sku}`
}

/** What was written so. */
export function read(wish: string): Wished {
  const productId = wish.slice(0, 32).replace(HYPHENS, '$1-$2-$3-$4-$5')
  return wish.length > 33 ? { productId, sku: wish.slice(33) } : { productId }
}

/** With one more, which is the newest; undefined where there is no room. */
export function withWish(wishes: readonly string[], wish: Wished): readonly string[] | undefined {
  const others = withoutWish(wishes, wish.productId)
  return others.length >= MOST_OF_GUEST ? undefined : [...others, written(wish)]
}

/** Without a product, as whichever variant it was there. */
export function withoutWish(wishes: readonly string[], productId: string): readonly string[] {
  const id = productId.replaceAll('-', '')
  return wishes.filter((each) => !each.startsWith(id))
}
