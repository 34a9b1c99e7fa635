import { index, route, type RouteConfig } from '@react-router/dev/routes'

/** Every page; each but the shop's first language has its own prefix. */
export default [
  route(':language?', 'features/shell/shell.tsx', [
    index('features/home/home-page.tsx'),
    route('c/:category', 'features/browse/category-page.tsx'),
    route('b/:brand', 'features/browse/brand-page.tsx'),
    route('search', 'features/browse/search-page.tsx'),
    route('p/:slug', 'features/product/product-page.tsx'),
    route('p/:slug/review', 'features/product/writing-page.tsx'),
    route('own', 'features/cart/own.ts'),
    route('cart', 'features/cart/cart-page.tsx'),
    route('checkout', 'features/checkout/checkout-page.tsx', [
      index('features/checkout/first-step.ts'),
      route('contact', 'features/checkout/contact-step.tsx'),
      route('address', 'features/checkout/address-step.tsx'),
      route('delivery', 'features/checkout/delivery-step.tsx'),
      route('payment', 'features/checkout/payment-step.tsx'),
      route('review', 'features/checkout/review-step.tsx'),
    ]),
    route('checkout/keep', 'features/checkout/keep.ts'),
    route('orders/:id', 'features/orders/order-page.tsx'),
    route('sign-in', 'features/account/sign-in-page.tsx'),
    route('register', 'features/account/register-page.tsx'),
    route('forgot', 'features/account/forgot-page.tsx'),
    route('reset', 'features/account/reset-page.tsx'),
    route('verify', 'features/account/verify-page.tsx'),
    route('confirm-email', 'features/account/confirm-email-page.tsx'),
    route('sign-out', 'features/account/sign-out.ts'),
    route('account', 'features/account/account-layout.tsx', [
      index('features/account/orders-page.tsx'),
      route('profile', 'features/account/profile-page.tsx'),
      route('email', 'features/account/email-page.tsx'),
      route('addresses', 'features/account/addresses-page.tsx'),
      route('addresses/:id', 'features/account/address-page.tsx'),
      route('reviews', 'features/account/reviews-page.tsx'),
      route('sessions', 'features/account/sessions-page.tsx'),
      route('password', 'features/account/password-page.tsx'),
    ]),
    route('*', 'features/shell/nothing.tsx'),
  ]),
] satisfies RouteConfig
