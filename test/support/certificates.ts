/** Throw-away X.509 certificates (RFC 5280), written as DER by hand: Node reads them, but makes none. */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

export interface Authority {
  name: string;
  key: KeyObject;
  /** PEM. */
  cert: string;
}

export interface CertificateOptions {
  /** Absent: signed by itself. */
  issuer?: Authority;
  /** DNS names; absent for an authority. */
  names?: string[];
  validFromMs?: number;
  validToMs?: number;
}

const DAY_MS = 86_400_000;
const TAG = { boolean: 0x01, integer: 0x02, bits: 0x03, octets: 0x04, oid: 0x06, utf8: 0x0c, time: 0x18 };
const SEQUENCE = 0x30;
const SET = 0x31;
/** Of a certificate: version and extensions; of an alternative name: a DNS name. */
const [VERSION, EXTENSIONS, DNS_NAME] = [0xa0, 0xa3, 0x82];

const OIDS = {
  ecdsaWithSha256: '2a8648ce3d040302',
  commonName: '550403',
  basicConstraints: '551d13',
  alternativeName: '551d11',
};

/** Makes a key and the certificate of it. */
export function makeCertificate(name: string, options: CertificateOptions = {}): Authority {
  const { names, validFromMs = Date.now() - DAY_MS, validToMs = Date.now() + 90 * DAY_MS } = options;
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = options.issuer ?? { name, key: privateKey };
  const algorithm = der(SEQUENCE, oid('ecdsaWithSha256'));
  const content = der(
    SEQUENCE,
    der(VERSION, der(TAG.integer, Buffer.of(2))),
    // Positive: its first bit is not set.
    der(TAG.integer, Buffer.concat([Buffer.of(1), randomBytes(15)])),
    algorithm,
    distinguishedName(issuer.name),
    der(SEQUENCE, time(validFromMs), time(validToMs)),
    distinguishedName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(EXTENSIONS, der(SEQUENCE, names === undefined ? authorityMark() : alternativeNames(names))),
  );
  const signature = sign('sha256', content, issuer.key);
  const whole = der(SEQUENCE, content, algorithm, der(TAG.bits, Buffer.of(0), signature));
  const base64 = whole.toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  const cert = `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
  return { name, key: privateKey, cert };
}

function authorityMark(): Buffer {
  const isAuthority = der(SEQUENCE, der(TAG.boolean, Buffer.of(0xff)));
  return der(
    SEQUENCE,
    oid('basicConstraints'),
    der(TAG.boolean, Buffer.of(0xff)),
    der(TAG.octets, isAuthority),
  );
}

function alternativeNames(names: string[]): Buffer {
  const list = der(SEQUENCE, ...names.map((name) => der(DNS_NAME, Buffer.from(name))));
  return der(SEQUENCE, oid('alternativeName'), der(TAG.octets, list));
}

function distinguishedName(name: string): Buffer {
  const attribute = der(SEQUENCE, oid('commonName'), der(TAG.utf8, Buffer.from(name)));
  return der(SEQUENCE, der(SET, attribute));
}

/** GeneralizedTime, to the second. */
function time(atMs: number): Buffer {
  const text = `${new Date(atMs).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
  return der(TAG.time, Buffer.from(text));
}

function oid(name: keyof typeof OIDS): Buffer {
  return der(TAG.oid, Buffer.from(OIDS[name], 'hex'));
}

/** Tag, length, content (X.690 section 8.1); nothing here is longer than 65,535 bytes. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, Math.floor(length / 256), length % 256];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}
