/** What a hostile or broken sender may put into a message; each value under a name that says what is wrong with it. */

export const NASTY_DATA: [name: string, data: unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['a number', 7],
  ['not a number', Number.NaN],
  ['a big integer', 1n],
  ['a truth value', true],
  ['a symbol', Symbol('history-back')],
  ['no text', ''],
  ['the bare name', 'history-back'],
  ['JSON text', '{"type":"history-back"}'],
  ['a megabyte of text', 'x'.repeat(1_048_576)],
  ['an empty object', {}],
  ['an object without a prototype', Object.create(null)],
  ['a list', ['history-back']],
  ['a function', () => 'history-back'],
  ['a type that is null', { type: null }],
  ['a type that is a list', { type: ['history-back'] }],
  ['a type that turns into the name', { type: { toString: () => 'history-back' } }],
  ['a boxed name', { type: new String('history-back') }],
  ['a name in capitals', { type: 'HISTORY-BACK' }],
  ['a name with a blank', { type: 'history-back ' }],
  ['the other direction', { type: 'history-forward' }],
  ['what the card itself says', { type: 'request-close' }],
  ['a name from the prototype', { type: '__proto__' }],
  ['a constructor', { type: 'constructor', data: {} }],
  ['a circle', circle()],
  ['a thousand levels', levels()],
  ['ten thousand members', Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, i]))],
  ['a getter that throws', throwingGetter()],
  ['a proxy that throws', new Proxy({}, { get: throwAlways, has: throwAlways, ownKeys: throwAlways })],
  ['a revoked proxy', revoked()],
  ['a window', window],
  ['an error', new Error('history-back')],
  ['bytes', new Uint8Array(1_000)],
];

function throwAlways(): never {
  throw new Error('The card looked.');
}

function throwingGetter(): object {
  return Object.defineProperty({}, 'type', { get: throwAlways });
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function circle(): object {
  const circular: Record<string, unknown> = { type: 'circle' };
  circular['data'] = circular;
  return circular;
}

function levels(): object {
  let nested: object = {};
  for (let i = 0; i < 1_000; i += 1) nested = { type: nested, data: nested };
  return nested;
}
