import { index, route, type RouteConfig } from '@react-router/dev/routes'

/** Every page; each but the shop's first language has its own prefix. */
export default [
  route(':language?', 'features/shell/shell.tsx', [
    index('features/home/home-page.tsx'),
    route('sign-in', 'features/account/sign-in-page.tsx'),
    route('register', 'features/account/register-page.tsx'),
    route('forgot', 'features/account/forgot-page.tsx'),
    route('reset', 'features/account/reset-page.tsx'),
    route('verify', 'features/account/verify-page.tsx'),
    route('sign-out', 'features/account/sign-out.ts'),
    route('account', 'features/account/account-layout.tsx', [
      index('features/account/orders-page.tsx'),
      route('profile', 'features/account/profile-page.tsx'),
      route('reviews', 'features/account/reviews-page.tsx'),
      route('sessions', 'features/account/sessions-page.tsx'),
      route('password', 'features/account/password-page.tsx'),
    ]),
    route('*', 'features/shell/nothing.tsx'),
  ]),
] satisfies RouteConfig
