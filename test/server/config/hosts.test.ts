/** Addresses that two readers would understand differently, or that name no host, are refused in a configuration. */
import { expect, test } from 'vitest';
import { ConfigError, loadConfig } from '../../../server/config.ts';

function problemsOf(name: string, value: string): readonly string[] {
  try {
    loadConfig({
      PUBLIC_URL: 'https://card.example-fi.com',
      BANNO_URL: 'https://banno.example-fi.com',
      CLIENT_ID: 'client',
      CLIENT_SECRET: 'secret',
      SESSION_KEYS: Buffer.alloc(32, 1).toString('base64'),
      [name]: value,
    });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

test.each([
  '*.example.com',
  'a;b.example.com',
  "'self'",
  'a,b.com',
  '$',
  'card.example.com.',
  'a..example.com',
])('neither address may be at %s, which is no one host', (host) => {
  for (const name of ['PUBLIC_URL', 'BANNO_URL'])
    expect(problemsOf(name, `https://${host}`)).toEqual([
      `${name} must name one host: no wildcard, no other signs, no dot at its end.`,
    ]);
});

test.each([
  'https:card.example.com',
  'https:/card.example.com',
  'https:///card.example.com',
  'https:\\\\card.example.com',
  'https://card.example.com\\fi',
  'https://card.exa\tmple.com',
  'https://card.exa\nmple.com/fi',
])('neither address may be written as %j', (value) => {
  for (const name of ['PUBLIC_URL', 'BANNO_URL'])
    expect(problemsOf(name, value)).toEqual([expect.stringMatching(`^${name} is not a web address`)]);
});

test.each(['https://bücher.example', 'https://xn--bcher-kva.example', 'https://[2001:DB8::1]:8443'])(
  '%s is an address',
  (value) => {
    for (const name of ['PUBLIC_URL', 'BANNO_URL']) expect(problemsOf(name, value)).toEqual([]);
  },
);
