export function loader() { return { a: 1 } }
export default function Home({ loaderData }: { loaderData: { a: number } }) {
  return <h1 className="text-2xl">Home {loaderData.a}</h1>
}
