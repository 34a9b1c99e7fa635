export const product = {
  availability: {
    'in-stock': 'In stock',
    low: 'Last ones',
    preorder: 'To order',
    out: 'Sold out',
  } as Readonly<Record<string, string>>,
  wish: (name: string) => `In the wishlist: ${name}`,
  wishFailed: 'That did not work. Please try again.',
}
