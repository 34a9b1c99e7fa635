import { Buffer } from 'node:buffer'
import { createHmac, timingSafeEqual } from 'node:crypto'

import { MOST_SHARED_BYTES, type SharedAnswer } from './second-level.ts'
import { readReach, writeReach } from './tail.ts'

const MAC_BYTES = 32
const LENGTH_BYTES = 4

/**
 * An answer as it lies where others might write: signed together with its name, so that only what a
 * process with this deployment's secret put under this very name is ever taken out. Undefined for
 * what is too long.
 */
export function seal(key: Buffer, name: string, answer: SharedAnswer): Buffer | undefined {
  const { bytes, reach, asOf, touches, size } = answer
  const facts = Buffer.from(JSON.stringify([writeReach(reach), asOf, size, touches]))
  const length = Buffer.allocUnsafe(LENGTH_BYTES)
  length.writeUInt32BE(facts.length)
  const sealed = Buffer.concat([Buffer.alloc(MAC_BYTES), length, facts, bytes])
  if (sealed.length > MOST_SHARED_BYTES) return undefined
  macOf(key, name, sealed).copy(sealed)
  return sealed
}

/** Undefined for what nobody sealed under this name. */
export function unseal(key: Buffer, name: string, sealed: Buffer): SharedAnswer | undefined {
  const begin = MAC_BYTES + LENGTH_BYTES
  if (sealed.length < begin || sealed.length > MOST_SHARED_BYTES) return undefined
  if (!timingSafeEqual(macOf(key, name, sealed), sealed.subarray(0, MAC_BYTES))) return undefined
  const end = begin + sealed.readUInt32BE(MAC_BYTES)
  const [at, asOf, size, touches] = JSON.parse(sealed.toString('utf8', begin, end)) as [
    string,
    number,
    number,
    string[],
  ]
  const reach = readReach(at)
  // A copy: what came from a socket is a part of something larger that would be kept with it.
  return reach && { bytes: Buffer.from(sealed.subarray(end)), reach, asOf, size, touches }
}

function macOf(key: Buffer, name: string, sealed: Buffer): Buffer {
  return createHmac('sha256', key).update(`${name}\n`).update(sealed.subarray(MAC_BYTES)).digest()
}
