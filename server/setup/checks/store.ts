/** Where sessions are kept: whether that place answers, takes writes, and keeps what it took. */
import { randomUUID } from 'node:crypto';
import type { ValkeyAddress } from '../../config/valkey-address.ts';
import { ProbeError } from '../../probe.ts';
import { faultOf } from '../../session/store-guard.ts';
import { type Commands, lookIntoValkey } from '../../session/valkey.ts';
import { leaseScript, releaseScript } from '../../session/valkey-scripts.ts';
import { type Check, fail, pass, type Verdict, warn } from './check.ts';
import type { Observations } from './observations.ts';
import { troubleOf } from './trouble.ts';

export function storeChecks({ valkey }: Pick<Observations, 'valkey'>): Check[] {
  return [
    {
      id: 'store',
      group: 'Store',
      title: 'Valkey',
      run: () =>
        valkey === undefined
          ? pass(
              'Not used (VALKEY_URL is not set): sessions are in memory, so run one instance only. A restart costs each customer a silent sign-in.',
            )
          : judgeValkey(valkey),
    },
  ];
}

async function judgeValkey(address: ValkeyAddress): Promise<Verdict> {
  const where = `${address.host}:${address.port}`;
  try {
    return judge(where, await lookIntoValkey(address, (commands) => look(commands, address.database)));
  } catch (error) {
    return judgeFault(where, faultOf(error), address);
  }
}

interface Seen {
  /** Lines of `INFO`; empty where this user may not ask. */
  info: ReadonlyMap<string, string>;
  /** Left to a key that was written for 10 s. */
  lifeMs: number;
  tookMs: number;
}

/** Writes one key of its own, as the card does, and takes it away again. */
async function look({ call, run }: Commands, database: number): Promise<Seen> {
  await call('SELECT', database);
  await call('TIME');
  const answer = String(await call('INFO').catch(() => ''));
  const info = new Map(answer.split('\r\n').map((line) => line.split(':', 2) as [string, string]));
  if (info.get('cluster_enabled') === '1') throw new Error('CLUSTER');
  const key = `card:doctor:${randomUUID()}`;
  const startedAtMs = performance.now();
  await run(leaseScript, [key], ['doctor', 10_000]);
  const tookMs = performance.now() - startedAtMs;
  const lifeMs = Number(await call('PTTL', key));
  await run(releaseScript, [key], ['doctor']);
  return { info, lifeMs, tookMs };
}

function judge(where: string, { info, lifeMs, tookMs }: Seen): Verdict {
  if (lifeMs <= 0 || lifeMs > 10_000) {
    return fail(`${where} does not keep the life of a key.`, 'Set VALKEY_URL to Valkey or Redis itself.');
  }
  const policy = info.get('maxmemory_policy') ?? 'noeviction';
  if (policy !== 'noeviction') {
    return warn(
      `${where} works, but drops sessions when its memory is full (maxmemory-policy ${policy}): customers are then signed in again in the middle.`,
      'Set its maxmemory-policy to noeviction, and watch its memory.',
    );
  }
  const tookWholeMs = Math.max(1, Math.round(tookMs));
  const name = info.has('valkey_version') ? 'Valkey' : 'Redis';
  const version = info.get('valkey_version') ?? info.get('redis_version');
  return pass(
    `${where} answers in ${tookWholeMs} ms and takes writes${version === undefined ? '' : ` (${name} ${version})`}.`,
  );
}

const CREDENTIALS: Words = (where) => [
  `${where} does not accept the user name and password of VALKEY_URL, or wants some where there are none.`,
  'Correct them in VALKEY_URL; percent-encode signs such as @ : / ? #.',
];
const ANOTHER_PROTOCOL: Words = (where, { tls }) =>
  tls
    ? [
        `${where} speaks no TLS, or does not answer.`,
        'Correct host and port in VALKEY_URL, have TLS switched on there, and look at the way to it (firewall).',
      ]
    : [
        `${where} breaks the connection off, or speaks something else.`,
        'Correct host and port in VALKEY_URL. Where Valkey serves TLS, it must begin with rediss://',
      ];

type Words = (where: string, address: ValkeyAddress) => readonly [message: string, mend: string];

const BY_FAULT: Record<string, Words> = {
  WRONGPASS: CREDENTIALS,
  NOAUTH: CREDENTIALS,
  NOPERM: (where) => [
    `The user of VALKEY_URL may not do at ${where} what the card does.`,
    'Allow it ~card:* +@connection +@read +@write +@scripting +time +info (ACL SETUSER).',
  ],
  READONLY: (where) => [
    `${where} is a replica, which takes no writes.`,
    'Set VALKEY_URL to the primary, best by a name that follows a fail-over.',
  ],
  OOM: (where) => [
    `${where} is full: it takes no writes.`,
    'Give it more memory (maxmemory), or take away what else is kept there.',
  ],
  MISCONF: (where) => [
    `${where} cannot save to its disk, and takes no writes until it can.`,
    'Look at its disk and its log; or switch saving off: losing sessions costs each customer a silent sign-in.',
  ],
  LOADING: (where) => [
    `${where} is still loading what it had saved.`,
    'Wait until it is done, then run the doctor again.',
  ],
  DENIED: (where) => [
    `${where} is in protected mode, and takes no connection from here.`,
    'Give it a password (requirepass), and put that into VALKEY_URL.',
  ],
  CLUSTER: (where) => [
    `${where} is a node of a cluster, which takes no step with several keys.`,
    'Set VALKEY_URL to a Valkey without cluster mode: one primary, with replicas as you like.',
  ],
  ERR: (where, { database }) => [
    `${where} has no database ${database}, or does not know a command that the card uses.`,
    'Correct the number at the end of VALKEY_URL, or leave it out; Valkey, or Redis from 6 on, is needed.',
  ],
  slow: (where) => [
    `${where} takes the connection, but does not answer in time.`,
    'Look at what keeps Valkey busy, and at the way to it.',
  ],
  ECONNREFUSED: (where) => [`Nobody listens at ${where}.`, 'Correct VALKEY_URL, or start Valkey.'],
};

function judgeFault(where: string, fault: string, address: ValkeyAddress): Verdict {
  const words = Object.hasOwn(BY_FAULT, fault) ? BY_FAULT[fault] : undefined;
  // Names, routes and certificates fail as anywhere else; what is no TLS waits for more of a TLS greeting.
  const isAsElsewhere =
    /^(ENOTFOUND|EAI_|EHOST|ENET|.*CERT|.*SIGN)/.test(fault) || (fault === 'ETIMEDOUT' && !address.tls);
  if (words === undefined && isAsElsewhere) return troubleOf(new ProbeError(fault, where), 'VALKEY_URL');
  const [message, mend] = (words ?? ANOTHER_PROTOCOL)(where, address);
  return fail(`${message.slice(0, -1)} (${fault}).`, mend);
}
