/** Looks for secrets in text in every spelling in which one may have leaked. */

export interface Secret {
  /** What it is called in a report; the secret itself may be binary. */
  name: string;
  value: string | Buffer;
}

/** What is shorter would be found by chance. */
const SHORTEST = 6;
/** A secret that was cut is a secret as well: of a longer one any 30 signs in a row are found. */
const [WINDOW, STEP] = [20, 10];

/** Every secret that stands in the text, with the first spelling found. */
export function findSecrets(text: string, secrets: readonly Secret[]): string[] {
  const lower = text.toLowerCase();
  return secrets.flatMap(({ name, value }) => {
    const bytes = Buffer.from(value);
    const exact = [...exactSpellings(value, bytes), ...base64Spellings(bytes)];
    const anyCase = caselessSpellings(bytes);
    const found =
      exact.find(([, spelling]) => isLong(spelling) && text.includes(spelling)) ??
      anyCase.find(([, spelling]) => isLong(spelling) && lower.includes(spelling));
    return found === undefined ? [] : [`${name}: ${found[0]}`];
  });
}

const isLong = (spelling: string) => spelling.length >= SHORTEST;

type Spelling = [name: string, text: string];

function exactSpellings(value: string | Buffer, bytes: Buffer): Spelling[] {
  // Nobody writes bytes raw; their spellings are base64 and hex.
  if (typeof value !== 'string') return [];
  const windows = Array.from(
    { length: Math.max(0, Math.floor((value.length - WINDOW) / STEP) + 1) },
    (_, at): Spelling => [`part from ${at * STEP}`, value.slice(at * STEP, at * STEP + WINDOW)],
  );
  const json = JSON.stringify(value).slice(1, -1);
  return [
    ['raw', value],
    ['JSON', json],
    ['JSON in JSON', JSON.stringify(json).slice(1, -1)],
    ['percent-encoded', encodeURIComponent(value)],
    ['form-encoded', new URLSearchParams({ x: value }).toString().slice(2)],
    [
      'HTML',
      value
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        .replaceAll("'", '&#39;'),
    ],
    ['backwards', [...bytes.toString()].reverse().join('')],
    ...windows,
  ];
}

/** Where base64 begins inside something longer, its first and last sign hold bits of the neighbours. */
function base64Spellings(bytes: Buffer): Spelling[] {
  return [0, 1, 2].flatMap((pad): Spelling[] => {
    const text = Buffer.concat([Buffer.alloc(pad), bytes]).toString('base64');
    const inside = text.slice(Math.ceil((pad * 8) / 6), Math.floor(((pad + bytes.length) * 8) / 6));
    return [
      [`base64 after ${pad}`, inside],
      [`base64url after ${pad}`, inside.replaceAll('+', '-').replaceAll('/', '_')],
    ];
  });
}

/** In lower case. */
function caselessSpellings(bytes: Buffer): Spelling[] {
  const pairs = bytes.toString('hex').match(/../g) ?? [];
  const units = [...bytes.toString()].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [
    ['hex', pairs.join('')],
    ['hex with blanks', pairs.join(' ')],
    ['hex with colons', pairs.join(':')],
    ['bytes', pairs.map((pair) => Number.parseInt(pair, 16)).join(',')],
    ['every sign percent-encoded', pairs.map((pair) => `%${pair}`).join('')],
    ['every sign a JSON escape', units.join('')],
    ['in another case', bytes.toString().toLowerCase()],
    ['percent-encoded in another case', encodeURIComponent(bytes.toString()).toLowerCase()],
  ];
}
