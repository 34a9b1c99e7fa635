/** What the texts of requests are: which of them name an object, and of what kind. */

/** Things that belong to one person: a user, or a guest who knows the id. */
export const OWNED = [
  'user',
  'session',
  'cart',
  'order',
  'payment',
  'orderNumber',
  'contribution',
  'keptAddress',
  'wish',
  'return',
] as const

/** Of those, what a guest has none of. */
export const OF_USERS: readonly string[] = [
  'user',
  'session',
  'contribution',
  'keptAddress',
  'wish',
]

/** What opens by itself to whoever has it. */
export const TOKENS = ['refreshToken', 'resetToken', 'emailToken', 'emailChangeToken'] as const

/** Things of a shop. */
export const OF_SHOP = [
  'product',
  'productsPart',
  'address',
  'sku',
  'category',
  'brand',
  'warehouse',
  'otherWarehouse',
  'transfer',
  'stockTake',
  'synonym',
  'priceList',
  'asset',
  'assetName',
  'priceRule',
  'priceGroup',
  'specialList',
  'published',
  'import',
  'schedule',
  'run',
] as const

export type OwnedKind = (typeof OWNED)[number]
export type TokenKind = (typeof TOKENS)[number]
export type ShopKind = (typeof OF_SHOP)[number]
export type ObjectKind = OwnedKind | TokenKind | ShopKind

/**
 * `name`: chosen by the caller, so nothing has to be there. `provider` and `problem` are words of the
 * program. `plain`: no id at all.
 */
export type Kind = ObjectKind | 'name' | 'piece' | 'provider' | 'problem' | 'plain'

interface Where {
  readonly operation: string
  readonly path: string
  readonly in: 'path' | 'query' | 'body'
  readonly at: readonly string[]
}

/** Of one operation, where the word means something else there. */
const OF_OPERATION: Readonly<Record<string, Kind>> = {
  'createProduct sku': 'name',
  'createProduct variants.*.sku': 'name',
  'changeProduct sku': 'name',
  'changeProduct variants.*.sku': 'name',
  'mergeProduct sku': 'name',
  'mergeProduct variants.*.sku': 'name',
  'createProduct publication.from': 'plain',
  'changeProduct publication.from': 'plain',
  'mergeProduct publication.from': 'plain',
  'createExchangeSchedule from.url': 'plain',
  'changeExchangeSchedule from.url': 'plain',
  // What is not there is made.
  'setCategory slug': 'name',
  'setBrand slug': 'name',
  // What it begins with.
  'listAllProducts sku': 'plain',
  'removeCategory leadsTo': 'category',
  // A list that is not there is made.
  'setPriceList currency': 'name',
  'setPriceRule rule': 'name',
  'setPriceRule group': 'priceGroup',
  'setPriceGroup group': 'priceGroup',
  // Words of the shop's own that are looked up in the same book of rules as groups are.
  'setPriceRule market': 'plain',
  'setPriceRule zone': 'plain',
  'setPriceRule category': 'plain',
  'setPriceRule from': 'plain',
  // Several, with commas between them; what is not there is left out of the answer.
  'listBuyerPrices skus': 'plain',
  'listPriceRanges products': 'product',
  // Counted, and looked up among what is found; nothing has to be there.
  'noteSearchClick productId': 'name',
  'searchProducts category': 'name',
  'searchProducts brand': 'name',
  // To change or take back, it is its author's; to everybody else it is what the shop shows.
  'changeContribution id': 'contribution',
  'removeContribution id': 'contribution',
  'removeWish productId': 'wish',
  // Those that are not sold (any more) are told, and keep nothing else from the list.
  'mergeWishes items.*.productId': 'name',
  'mergeWishes items.*.sku': 'name',
  'resetPassword token': 'resetToken',
  'verifyEmail token': 'emailToken',
  'confirmEmailChange token': 'emailChangeToken',
  'setShopLook logo.asset': 'asset',
  // The hash of a look, in the address of its style sheet.
  'getTheme v': 'plain',
  // Of a card, for the provider.
  'processPayment token': 'plain',
  'sendTransfer from': 'warehouse',
  'sendTransfer to': 'otherWarehouse',
  'listOrders from': 'plain',
  'listOrders to': 'plain',
  'listOrdersOfUser from': 'plain',
  'listOrdersOfUser to': 'plain',
}

/** In a path, by what stands before it. */
const IN_PATH: Readonly<Record<string, Kind>> = {
  '/users/{id}': 'user',
  '/orders/user/{userId}': 'user',
  '/payments/user/{userId}': 'user',
  '/sessions/{id}': 'session',
  '/users/me/addresses/{id}': 'keptAddress',
  '/carts/{id}': 'cart',
  '/orders/{id}': 'order',
  '/payments/order/{orderId}': 'order',
  '/checkouts/{orderId}': 'order',
  '/payments/{id}': 'payment',
  '/payments/webhooks/{provider}': 'provider',
  '/products/{id}': 'product',
  '/sitemaps/products/{id}': 'productsPart',
  '/by-slug/{slug}': 'address',
  '/categories/{slug}': 'category',
  '/brands/{slug}': 'brand',
  '/attributes/{code}': 'name',
  '/stock/{sku}': 'sku',
  '/items/{sku}': 'sku',
  '/lines/{sku}': 'sku',
  '/price-lists/{currency}': 'priceList',
  '/{currency}/{sku}': 'sku',
  '/price-rules/{rule}': 'priceRule',
  '/special-prices/{list}': 'specialList',
  '/{list}/{sku}': 'sku',
  '/transfers/{id}': 'transfer',
  '/stock-takes/{id}': 'stockTake',
  '/synonyms/{id}': 'synonym',
  '/problems/{code}': 'problem',
  '/admin/media/{id}': 'asset',
  '/media/{asset}': 'assetName',
  '/media/{asset}/{file}': 'name',
  '/uploads/{uploadId}': 'name',
  '/uploads/{uploadId}/{piece}': 'piece',
  '/contributions/{id}': 'published',
  '/wishes/{productId}': 'product',
  '/returns/{id}': 'return',
  '/imports/{id}': 'import',
  '/exchange-schedules/{id}': 'schedule',
  '/exchange-runs/{id}': 'run',
}

const BY_NAME: Readonly<Record<string, Kind>> = {
  userId: 'user',
  cartId: 'cart',
  orderId: 'order',
  number: 'orderNumber',
  productId: 'product',
  sku: 'sku',
  category: 'category',
  parent: 'category',
  brand: 'brand',
  warehouse: 'warehouse',
  refreshToken: 'refreshToken',
  slug: 'name',
}

/** Words that are no ids, wherever they stand. A place in a list names where to go on, not what. */
const PLAIN: ReadonlySet<string> = new Set(
  `accent after alt also asOf asset at attributes availableFrom bad because birthDate card city code comment countries country currency day deliveryMethod
   description email fonts good homeCountry ink lang language languages line line1 line2 lostReason method muted name oldPassword
   onAccent paper part password paymentMethod phone pictures postalCode postalPrefixes q reason returnTo seen sha256 sort state status
   story supplierRef swatch taxCategory text title unit until username value which valueCode words`.split(
    /\s+/,
  ),
)

/** What a text names; undefined when nobody has said. */
export function kindOf({ operation, path, in: part, at }: Where): Kind | undefined {
  const special = OF_OPERATION[`${operation} ${at.join('.')}`]
  if (special !== undefined) return special
  const name = at.findLast((each) => each !== '*') ?? ''
  if (part === 'path') {
    const before = path.slice(0, path.indexOf(`{${name}}`) + name.length + 2)
    const fitting = Object.keys(IN_PATH).filter((end) => before.endsWith(end))
    return IN_PATH[fitting.toSorted((a, b) => b.length - a.length)[0] ?? '']
  }
  return BY_NAME[name] ?? (PLAIN.has(name) ? 'plain' : undefined)
}
