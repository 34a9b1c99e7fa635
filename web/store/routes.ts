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
    route('*', 'features/shell/nothing.tsx'),
  ]),
] satisfies RouteConfig
