/** What goes wrong during a soak, when, and until when an answer may be affected by it. */
import type { Peer } from '../bench/peer.ts';
import type { TcpFaultProxy } from '../support/tcp-fault-proxy.ts';

export type BankFault = 'none' | 'late' | 'failing' | 'cut';

interface Fault {
  name: string;
  begin(): Promise<unknown> | unknown;
  end(): Promise<unknown> | unknown;
}

export interface Faults {
  /** How often each was there. */
  counts: Map<string, number>;
  /** Whether what lasted from then to now may have met a fault, or what comes of one. */
  mayHaveMet(sinceMs: number): boolean;
  /** One fault, in full. */
  strike(random: () => number): Promise<void>;
  /** Something else that happens, e.g. an instance that is killed. */
  note(name: string, during: () => Promise<unknown>): Promise<void>;
}

/** A circuit breaker stays open for 5 s, a lease for 5.5 s; then whatever was begun still ends. */
const AFTER_MS = 8_000;
const DURATION_MS = { least: 300, most: 3_000 };

export function createFaults(bank: Peer, store: TcpFaultProxy): Faults {
  const counts = new Map<string, number>();
  const mend = () => store.mend();
  const faults: Fault[] = [
    ...(['late', 'failing', 'cut'] as const).map((kind) => ({
      name: `bank ${kind}`,
      begin: () => bank.ask('fail', kind),
      end: () => bank.ask('fail', 'none'),
    })),
    { name: 'store cut', begin: () => store.cut(), end: mend },
    { name: 'store frozen', begin: () => store.freeze(), end: mend },
    { name: 'store late', begin: () => delayStore(2_000), end: () => delayStore(0) },
  ];
  let running = 0;
  let overAtMs = Number.NEGATIVE_INFINITY;

  function delayStore(ms: number): void {
    store.delayMs = ms;
  }

  async function note(name: string, during: () => Promise<unknown>): Promise<void> {
    counts.set(name, (counts.get(name) ?? 0) + 1);
    running += 1;
    try {
      await during();
    } finally {
      running -= 1;
      overAtMs = performance.now() + AFTER_MS;
    }
  }

  return {
    counts,
    note,
    mayHaveMet: (sinceMs) => running > 0 || sinceMs < overAtMs,
    async strike(random) {
      const fault = faults[Math.floor(random() * faults.length)];
      const lastsMs = DURATION_MS.least + random() * (DURATION_MS.most - DURATION_MS.least);
      if (fault === undefined) return;
      await note(fault.name, async () => {
        await fault.begin();
        await new Promise((resolve) => setTimeout(resolve, lastsMs));
        await fault.end();
      });
    },
  };
}
