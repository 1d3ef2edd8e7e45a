/** A check, what it finds, and how checks run: side by side, each after those without which it would tell nothing. */
import { troubleOf } from './trouble.ts';

export type Status = 'pass' | 'warn' | 'fail' | 'skip';

/** One sentence of what was found, and one of what mends it. */
export interface Verdict {
  status: Status;
  message: string;
  mend?: string;
}

export const GROUPS = [
  'Configuration',
  'Names and certificates',
  'Bank',
  'Sign-in',
  'Card',
  'Store',
] as const;

export interface Check {
  id: string;
  group: (typeof GROUPS)[number];
  title: string;
  /** Ids of earlier checks; where one of them fails, this one is skipped. */
  needs?: readonly string[];
  /** What the setting is called that may hold a wrong address. */
  setting?: string;
  run(): Verdict | Promise<Verdict>;
}

export type Finding = Verdict & Pick<Check, 'id' | 'group' | 'title'>;

export const pass = (message: string): Verdict => ({ status: 'pass', message });
export const warn = (message: string, mend: string): Verdict => ({ status: 'warn', message, mend });
export const fail = (message: string, mend: string): Verdict => ({ status: 'fail', message, mend });

/** In the order of the checks. */
export function runChecks(checks: readonly Check[]): Promise<Finding[]> {
  const running = new Map<string, Promise<Finding>>();
  for (const check of checks) running.set(check.id, runOne(check, running));
  return Promise.all(running.values());
}

async function runOne(check: Check, earlier: ReadonlyMap<string, Promise<Finding>>): Promise<Finding> {
  const { id, group, title, needs = [] } = check;
  for (const need of await Promise.all(needs.map((needed) => earlier.get(needed)))) {
    if (need?.status === 'skip') return { id, group, title, status: 'skip', message: need.message };
    if (need?.status === 'fail') {
      const message = `Not looked at: first mend "${need.title}".`;
      return { id, group, title, status: 'skip', message };
    }
  }
  const verdict = await Promise.resolve()
    .then(() => check.run())
    .catch((error: unknown) => troubleOf(error, check.setting));
  return { id, group, title, ...verdict };
}
