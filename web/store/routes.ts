import { index, prefix, route, type RouteConfig } from '@react-router/dev/routes'

export default [index('features/home/page.tsx')] satisfies RouteConfig
