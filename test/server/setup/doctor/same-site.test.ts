/** The line about the two sites: what a browser takes for one site, and what that means for the card's cookie. */
import { expect, test } from 'vitest';
import { createDirectory } from '../../../../server/directory.ts';
import type { Institution } from '../../../../server/institution.ts';
import { judgeSites } from '../../../../server/setup/checks/configuration.ts';
import { settingsOf } from '../../../../server/setup/checks/settings.ts';
import { institutionWith } from '../../../support/institution.ts';

const BANK = 'https://banno.example-fi.com';

function judge(publicUrl: string, changes: Partial<Institution> = {}, neighbours: Institution[] = []) {
  const institution = institutionWith({ publicUrl, bankOrigin: BANK, ...changes });
  const { cookieIsFirstParty } = createDirectory([institution, ...neighbours]);
  const {
    status,
    message,
    mend = '',
  } = judgeSites({
    institution,
    settings: settingsOf(institution, false),
    cookieIsFirstParty: cookieIsFirstParty(institution),
  });
  return `${status}: ${message} ${mend}`.trim();
}

test.each<[publicUrl: string, changes: Partial<Institution>, expected: RegExp]>([
  ['https://card.banno.example-fi.com', {}, /^pass: .*site example-fi\.com: .*first-party \(SameSite=Lax\)/],
  ['https://card.example-fi.com', {}, /^pass: /],
  [
    'https://cards.fintech.example',
    {},
    /^warn: .*fintech\.example is not that of .*\(example-fi\.com\).*https:\/\/card\.banno\.example-fi\.com, and set PUBLIC_URL/,
  ],
  [
    'https://card.example-fi.co.uk',
    { bankOrigin: 'https://banno.other-fi.co.uk' },
    /^warn: .*example-fi\.co\.uk is not/,
  ],
  [
    'https://fintech.github.io',
    { bankOrigin: 'https://example-fi.github.io' },
    /^warn: .*fintech\.github\.io is not/,
  ],
  [
    'https://card.example-fi.com',
    { frameOrigins: ['https://business.example'] },
    /^warn: .*\(business\.example\).* Take https:\/\/business\.example out of BANNO_URL if /,
  ],
  [
    'https://banno.example-fi.com:8443',
    {},
    /^fail: .*share the host banno\.example-fi\.com.* host of its own/,
  ],
  ['http://localhost:4100', { bankOrigin: 'http://localhost:4000' }, /^pass: On loopback .*foreign/],
  ['http://localhost:4100', {}, /^pass: On loopback/],
])('%s with %j', (publicUrl, changes, expected) => expect(judge(publicUrl, changes)).toMatch(expected));

test('a foreign neighbour on the same host is a warning', () => {
  const neighbour = institutionWith({
    id: 'neighbour',
    publicUrl: 'https://card.example-fi.com/neighbour',
    bankOrigin: 'https://banno.neighbour.example',
  });
  expect(judge('https://card.example-fi.com/example-fi', {}, [neighbour])).toMatch(
    /^warn: .*another institution on card\.example-fi\.com is foreign/,
  );
});
