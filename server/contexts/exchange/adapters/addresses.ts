import { BlockList, isIP } from 'node:net'

/** What is nobody's, somebody's own, or for a special use (IANA special-purpose registries, RFC 6890). */
const NOT_PUBLIC_4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Azure answers its machines there with what only they may know.
  '168.63.129.16/32',
]

/**
 * Of IPv6 only what is handed out to everybody is asked at all. IPv4 in other clothes (mapped, NAT64,
 * 6to4, Teredo) lies outside of it or among these, and so does what is local, private or multicast.
 */
const HANDED_OUT_6 = '2000::/3'
const NOT_PUBLIC_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const notPublic4 = listed('ipv4', NOT_PUBLIC_4)
const handedOut6 = listed('ipv6', [HANDED_OUT_6])
const notPublic6 = listed('ipv6', NOT_PUBLIC_6)

function listed(family: 'ipv4' | 'ipv6', networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    list.addSubnet(address, Number(bits), family)
  }
  return list
}

/** Whether an address may be connected to on a stranger's word: it is one that everybody reaches. */
export function isPublic(address: string): boolean {
  // With a scope (`fe80::1%eth0`) it is of this machine.
  if (address.includes('%')) return false
  const family = isIP(address)
  if (family === 4) return !notPublic4.check(address, 'ipv4')
  if (family !== 6) return false
  return handedOut6.check(address, 'ipv6') && !notPublic6.check(address, 'ipv6')
}
