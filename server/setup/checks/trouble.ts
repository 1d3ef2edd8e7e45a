/** What kept a check from seeing anything, in words: names, connections, certificates, deadlines. */
import { ProbeError } from '../../probe.ts';
import type { Verdict } from './check.ts';

/** `setting`: what the operator would correct. */
type Words = (host: string, setting: string) => readonly [message: string, mend: string];

const NO_NAME: Words = (host, setting) => [
  `The name ${host} cannot be found.`,
  `Correct ${setting}, or add the name to the DNS and wait until that has spread.`,
];
const NO_WAY: Words = (host) => [
  `${host} cannot be reached from here.`,
  'Let this machine make outbound connections to it (firewall, route).',
];
const NO_INTERMEDIATE: Words = (host) => [
  `${host} sends its certificate without the intermediate certificate above it, or an authority issued it that this machine does not trust.`,
  'Install the full chain (often called fullchain.pem) on the server, not the certificate alone; for an authority of your own, name its root certificate in NODE_EXTRA_CA_CERTS.',
];
const PRIVATE_ROOT: Words = (host) => [
  `The certificate of ${host} is signed by itself or by an authority that browsers do not trust.`,
  'Install a certificate of a public authority, with its full chain.',
];
const OLD_TLS: Words = (host) => [
  `${host} does not speak TLS 1.2 or later.`,
  'Switch TLS 1.2 and 1.3 on at the server or the proxy in front of it.',
];

const BY_CODE: Record<string, Words> = {
  ENOTFOUND: NO_NAME,
  EAI_AGAIN: (host) => [
    `The name ${host} could not be looked up: no name server answered.`,
    "Check this machine's name servers, then run the doctor again.",
  ],
  ECONNREFUSED: (host, setting) => [
    `Nobody listens at ${host}.`,
    `Correct ${setting}, or have the server there started.`,
  ],
  EHOSTUNREACH: NO_WAY,
  ENETUNREACH: NO_WAY,
  ETIMEDOUT: NO_WAY,
  UND_ERR_CONNECT_TIMEOUT: NO_WAY,
  TIMEOUT: (host) => [
    `${host} did not answer in time.`,
    'Run the doctor again; if it stays so, look at the server there and at the way to it (firewall, proxy).',
  ],
  TOO_LARGE: (host, setting) => [
    `${host} sent far more than expected.`,
    `Check ${setting}: something else answers there.`,
  ],
  CERT_HAS_EXPIRED: (host) => [
    `A certificate of ${host} has expired.`,
    'Renew it and reload the server; then look why the renewal did not happen by itself.',
  ],
  CERT_NOT_YET_VALID: (host) => [
    `The certificate of ${host} is not valid yet.`,
    "Check this machine's clock; if it is right, wait or have the certificate issued again.",
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: (host) => [
    `The certificate that ${host} sends is for another name.`,
    'Have a certificate issued that names this host, and make sure that the server picks it for this name (SNI).',
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: NO_INTERMEDIATE,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: NO_INTERMEDIATE,
  UNABLE_TO_GET_ISSUER_CERT: NO_INTERMEDIATE,
  DEPTH_ZERO_SELF_SIGNED_CERT: PRIVATE_ROOT,
  SELF_SIGNED_CERT_IN_CHAIN: PRIVATE_ROOT,
  ERR_SSL_WRONG_VERSION_NUMBER: (host, setting) => [
    `${host} speaks no TLS at this port.`,
    `Correct the port in ${setting}, or have https served there.`,
  ],
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: OLD_TLS,
  ERR_SSL_UNSUPPORTED_PROTOCOL: OLD_TLS,
};

const WHATEVER: Words = (host) => [
  `The connection to ${host} broke before there was an answer.`,
  'Check that a web server answers there, and what stands between (proxy, firewall); then run the doctor again.',
];

export function troubleOf(error: unknown, setting = 'the address'): Verdict {
  if (!(error instanceof ProbeError)) {
    const name = error instanceof Error ? error.name : 'unknown';
    const mend = 'This is a mistake in the doctor: report it with the line above.';
    return { status: 'fail', message: `The doctor itself stumbled here (${name}).`, mend };
  }
  const { code, host } = error;
  const words = Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined;
  const [message, mend] = (words ?? WHATEVER)(host, setting);
  return { status: 'fail', message: `${message.slice(0, -1)} (${code}).`, mend };
}
