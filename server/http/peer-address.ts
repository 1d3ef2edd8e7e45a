/** Who is at the other end of a connection: what a limit on addresses counts. */
import { BlockList, isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

const proxies = new BlockList();
proxies.addSubnet('127.0.0.0', 8);
proxies.addSubnet('10.0.0.0', 8);
proxies.addSubnet('172.16.0.0', 12);
proxies.addSubnet('192.168.0.0', 16);
proxies.addAddress('::1', 'ipv6');
proxies.addSubnet('fc00::', 7, 'ipv6');

/**
 * The real peer: `X-Forwarded-For` from anybody is anybody's word. An IPv4 peer of a dual-stack socket shows as
 * `::ffff:…`, a link-local one brings its interface.
 */
export function peerOf(request: FastifyRequest): string {
  return (request.raw.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '');
}

/** A private or loopback peer is a proxy or a load balancer: it stands for everybody behind it. */
export function isProxy(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && proxies.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

/**
 * What one subscriber has: an IPv4 address, or an IPv6 /64, in which a host takes as many addresses as it likes
 * (RFC 4291 section 2.5.4, RFC 6177 section 2).
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = [], tail] = address.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const zeros = tail === undefined ? 0 : 8 - head.length - tail.length;
  const groups = [...head, ...Array<string>(Math.max(0, zeros)).fill('0'), ...(tail ?? [])];
  const prefix = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${prefix.join(':')}::/64`;
}
