/** The words an administrator may not know, each in one plain sentence. */
import type { Guide } from './blocks.ts';

export const glossary: Guide['glossary'] = [
  {
    word: 'Certificate',
    meaning: 'Proves to browsers and phones that an address is really whose it says it is.',
  },
  { word: 'Claim', meaning: 'One fact about a customer that Banno passes on, such as the first name.' },
  {
    word: 'Client ID and Client Secret',
    meaning: 'The name and the password with which the card’s server itself signs in to Banno.',
  },
  { word: 'Cookie', meaning: 'A note that a website leaves in a browser, to know it again.' },
  { word: 'DNS', meaning: 'The internet’s phone book: it leads from a name to a server.' },
  { word: 'Expanded view', meaning: 'Banno’s word for the large view that the button below the card opens.' },
  { word: 'External Application', meaning: 'Banno’s record of a program outside Banno that works with it.' },
  {
    word: 'OAuth and OpenID Connect',
    meaning: 'The way by which Banno tells the card who is signed in, without ever showing it a password.',
  },
  {
    word: 'PKCE',
    meaning: 'Makes a sign-in worthless to anyone who intercepts it on its way. Say “pixie”.',
  },
  { word: 'Plugin', meaning: 'Banno’s word for a card whose content comes from outside Banno.' },
  {
    word: 'Redirect URI',
    meaning: 'An address to which Banno may send a customer. It sends nobody anywhere else.',
  },
  { word: 'Scope', meaning: 'A permission to use one part of what Banno knows.' },
];
