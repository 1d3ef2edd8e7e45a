/** Whether the bank's discovery document can be had, is this bank's own, and leads to the v0 endpoints. */
import type { JsonWebKey } from 'node:crypto';
import { toCardError } from '../../errors.ts';
import type { Institution } from '../../institution.ts';
import { hasRepeatedMember } from '../../repeated-members.ts';
import { checkMetadata } from '../../sign-in/provider-metadata.ts';
import { usableKeys } from '../../sign-in/signing-keys.ts';
import { type Check, fail, pass, type Verdict } from './check.ts';
import { judgeClock } from './clocks.ts';
import { isUnversioned, migration } from './migration.ts';
import type { Observations, UntrustedMetadata } from './observations.ts';
import { shown, shownAddress } from './shown.ts';

export function discoveryChecks(observations: Observations): Check[] {
  const group = 'Bank';
  const needs = ['discovery'];
  return [
    {
      id: 'discovery',
      group,
      title: 'Discovery',
      needs: ['bank-certificate'],
      setting: observations.settings.bannoUrl,
      run: () => readDiscovery(observations),
    },
    {
      id: 'bank-clock',
      group,
      title: "Bank's clock",
      needs: ['bank-certificate'],
      run: () => compareClock(observations),
    },
    { id: 'issuer', group, title: 'Issuer', needs, run: () => compareIssuer(observations) },
    {
      id: 'endpoints',
      group,
      title: 'Endpoints',
      needs: ['issuer'],
      run: () => judgeEndpoints(observations),
    },
    { id: 'keys', group, title: 'Signing keys', needs: ['endpoints'], run: () => readKeys(observations) },
  ];
}

async function readDiscovery({ discovery, metadata, institution, settings }: Observations): Promise<Verdict> {
  const { status, headers, body } = await discovery();
  const address = `${institution.issuer}/.well-known/openid-configuration`;
  const correct = `Set ${settings.bannoUrl} to the address at which customers open Banno Online.`;
  if (status >= 300 && status < 400) {
    const [location] = headers['location'] ?? [];
    return fail(`${address} redirects to ${shownAddress(location)}, which a sign-in never follows.`, correct);
  }
  if (status === 429 || status >= 500) {
    return fail(
      `The bank answers ${status} at ${address}.`,
      'Wait and run the doctor again: the bank is busy or under maintenance. If it lasts, tell Jack Henry.',
    );
  }
  if (status !== 200) return fail(`${address} answers ${status}: there is no Banno Online.`, correct);
  const isJson = /^application\/json\s*(;|$)/i.test(headers['content-type']?.[0] ?? '');
  if (!isJson || Object.keys(await metadata()).length === 0) {
    return fail(`${address} does not answer with a discovery document.`, correct);
  }
  if (hasRepeatedMember(body, await metadata())) {
    return fail(
      `The document at ${address} says something twice, and nobody can tell which is meant: the card refuses it.`,
      'Tell Jack Henry what the document says.',
    );
  }
  return pass(`${address} answers.`);
}

/** Any answer has a date, also one that is no document. */
async function compareClock({ discovery }: Observations): Promise<Verdict> {
  const answer = await discovery().catch(() => undefined);
  if (answer === undefined) return { status: 'skip', message: 'Not looked at: first mend "Discovery".' };
  const mend = "Have this machine's clock set by NTP (the bank's is seldom the wrong one).";
  return judgeClock("The bank's clock", answer, mend);
}

async function compareIssuer(observations: Observations): Promise<Verdict> {
  const { institution, settings } = observations;
  const { issuer } = await observations.metadata();
  // RFC 8414 section 3.3: as a string.
  if (issuer === institution.issuer) return pass(`${institution.issuer}, as it must be.`);
  if (isUnversioned(issuer)) return migration(observations, issuer);
  const named = typeof issuer === 'string' ? URL.parse(issuer)?.origin : undefined;
  const mend =
    named === undefined || named === institution.bankOrigin
      ? 'Tell Jack Henry what the document says: every sign-in is refused until the two are equal.'
      : `If ${shown(named)} is the institution's Banno Online, set ${settings.bannoUrl} to it; else tell Jack Henry.`;
  return fail(`The discovery document is of ${shown(issuer)}, not of ${institution.issuer}.`, mend);
}

const ENDPOINTS = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'];

async function judgeEndpoints(observations: Observations): Promise<Verdict> {
  const { bankOrigin } = observations.institution;
  const metadata = await observations.metadata();
  const names =
    metadata['revocation_endpoint'] === undefined ? ENDPOINTS : [...ENDPOINTS, 'revocation_endpoint'];
  const addresses = names.map((name) => metadata[name]);
  const unversioned = addresses.find(isUnversioned);
  if (unversioned !== undefined) return migration(observations, unversioned);
  const foreign = names.find((name) => URL.parse(String(metadata[name]))?.origin !== bankOrigin);
  if (foreign !== undefined) {
    return fail(
      `The discovery document's ${foreign} is ${shownAddress(textOf(metadata[foreign]))}, which is not below ${bankOrigin}: the card refuses it.`,
      `Set ${observations.settings.bannoUrl} to the address that the document itself uses; if that is so already, tell Jack Henry.`,
    );
  }
  const refusal = refusalOf(observations.institution, metadata);
  if (refusal !== undefined) {
    return fail(
      `The discovery document is not written as it must be (${refusal}): the card refuses it.`,
      'Tell Jack Henry what the document says.',
    );
  }
  return pass(`The v0 endpoints, all below ${bankOrigin}.`);
}

/** The card's own judgement. */
function refusalOf(institution: Institution, metadata: UntrustedMetadata): string | undefined {
  try {
    checkMetadata(metadata, institution);
    return undefined;
  } catch (error) {
    return toCardError(error).reason;
  }
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}

async function readKeys({ keys }: Observations): Promise<Verdict> {
  const { status, body } = await keys();
  const mend = 'Run the doctor again in a few minutes; if it stays so, tell Jack Henry.';
  if (status !== 200) return fail(`The bank answers ${status} where its signing keys should be.`, mend);
  const usable = readKeySet(body).filter(({ use }) => use !== 'enc');
  if (usable.length === 0) {
    return fail('The bank publishes no key that could sign an ID token and that the card trusts.', mend);
  }
  return pass(`${usable.length} ${usable.length === 1 ? 'key' : 'keys'} to verify ID tokens with.`);
}

function readKeySet(body: string): JsonWebKey[] {
  try {
    return usableKeys(body);
  } catch {
    return [];
  }
}
