/** Whether both sides can be found by name and prove with a whole, valid certificate who they are. */
import { BlockList } from 'node:net';
import { isLoopbackHost } from '../../institution.ts';
import { type Check, fail, pass, type Verdict, warn } from './check.ts';
import type { Observations } from './observations.ts';

const DAY_MS = 86_400_000;
/** A renewal that has not happened by then is late. */
const EXPIRY_WARNING_DAYS = 21;

export function nameChecks(observations: Observations): Check[] {
  const { institution, settings } = observations;
  return [
    ...sideChecks('bank', "Bank's", institution.bankOrigin, settings.bannoUrl, observations),
    ...sideChecks('card', "Card's", institution.origin, settings.publicUrl, observations),
  ];
}

function sideChecks(
  side: 'bank' | 'card',
  whose: string,
  origin: string,
  setting: string,
  observations: Observations,
): Check[] {
  const group = 'Names and certificates';
  const url = new URL(origin);
  const isCard = side === 'card';
  return [
    {
      id: `${side}-name`,
      group,
      title: `${whose} name`,
      setting,
      run: () => findName(observations, url, isCard ? setting : undefined),
    },
    {
      id: `${side}-certificate`,
      group,
      title: `${whose} certificate`,
      needs: [`${side}-name`],
      setting,
      run: () => readCertificate(observations, url),
    },
  ];
}

/** `publicSetting`: what is named when the address must be one that every customer can reach. */
async function findName(
  { probe, institution }: Observations,
  { hostname }: URL,
  publicSetting?: string,
): Promise<Verdict> {
  const addresses = await probe.addresses(hostname);
  const isTrial = isLoopbackHost(hostname) || isLoopbackHost(new URL(institution.bankOrigin).hostname);
  const hidden = addresses.filter(isPrivate);
  if (publicSetting !== undefined && hidden.length > 0 && !isTrial) {
    return warn(
      `${hostname} is ${hidden.join(', ')} here, which nobody outside this network can reach.`,
      `Make sure that customers' browsers find a public address for the host of ${publicSetting}.`,
    );
  }
  return pass(`${hostname} is ${addresses.join(', ')}.`);
}

const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  PRIVATE.addSubnet(network, prefix);
for (const [network, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  PRIVATE.addSubnet(network, prefix, 'ipv6');

export function isPrivate(address: string): boolean {
  return PRIVATE.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}

async function readCertificate({ probe }: Observations, url: URL): Promise<Verdict> {
  if (url.protocol === 'http:') return pass('Plain http, as loopback may: nothing to check.');
  const { protocol, validToMs } = await probe.handshake(url);
  return judgeExpiry(url.host, protocol, validToMs, Date.now());
}

export function judgeExpiry(host: string, protocol: string, validToMs: number, nowMs: number): Verdict {
  const days = Math.floor((validToMs - nowMs) / DAY_MS);
  const until = Number.isNaN(validToMs) ? 'an unknown day' : new Date(validToMs).toISOString().slice(0, 10);
  // A handshake that a skewed clock let through, or a certificate whose date nobody can read.
  if (!(days >= 0)) {
    return fail(
      `The certificate of ${host} ends on ${until}.`,
      'Renew the certificate and reload the server.',
    );
  }
  if (days < EXPIRY_WARNING_DAYS) {
    return warn(
      `The certificate of ${host} ends on ${until}, in ${days} ${days === 1 ? 'day' : 'days'}.`,
      'Renew it now, and look why the renewal did not happen by itself.',
    );
  }
  return pass(`${host}: full chain, for this name, until ${until}; ${protocol}.`);
}
