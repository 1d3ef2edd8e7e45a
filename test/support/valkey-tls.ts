/** What a Valkey needs to serve TLS alone, with a certificate nobody knows. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { makeCertificate } from './certificates.ts';
import { freePort } from './free-port.ts';

export interface ValkeyTls {
  port: number;
  /** As in valkey.conf. */
  settings: string[];
  /** Whoever trusts this trusts it. */
  certFile: string;
}

export async function prepareValkeyTls(): Promise<ValkeyTls> {
  const folder = mkdtempSync(join(tmpdir(), 'valkey-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { cert, key } = makeCertificate('localhost', { names: ['localhost'] });
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  writeFileSync(certFile, cert);
  writeFileSync(keyFile, key.export({ type: 'pkcs8', format: 'pem' }));
  const port = await freePort();
  const files = ['--tls-cert-file', certFile, '--tls-key-file', keyFile, '--tls-ca-cert-file', certFile];
  return { port, certFile, settings: ['--tls-port', `${port}`, ...files, '--tls-auth-clients', 'no'] };
}
