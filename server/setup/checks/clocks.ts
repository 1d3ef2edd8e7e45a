/** Whether this machine, the bank and the card agree on what time it is. */
import type { Answer } from '../../probe.ts';
import { CLOCK_TOLERANCE_SECONDS } from '../../sign-in/id-token.ts';
import { fail, pass, type Verdict, warn } from './check.ts';

const WARN_SECONDS = 30;

/** Of an answer's `Date` header, which counts whole seconds. `mend`: what sets the clock that is wrong. */
export function judgeClock(
  whose: string,
  { headers, receivedAtMs }: Pick<Answer, 'headers' | 'receivedAtMs'>,
  mend: string,
): Verdict {
  const [date = ''] = headers['date'] ?? [];
  const aheadSeconds = Math.round((Date.parse(date) - receivedAtMs) / 1_000);
  if (Number.isNaN(aheadSeconds)) {
    return warn(`${whose} sends no Date header, so its clock cannot be compared.`, mend);
  }
  const seconds = Math.abs(aheadSeconds);
  const way = aheadSeconds > 0 ? 'ahead of' : 'behind';
  const message = `${whose} is ${seconds} s ${way} this machine's clock.`;
  if (seconds > CLOCK_TOLERANCE_SECONDS) {
    const refused = `${message} Beyond ${CLOCK_TOLERANCE_SECONDS} s every sign-in is refused.`;
    return fail(refused, mend);
  }
  if (seconds > WARN_SECONDS) return warn(message, mend);
  return pass(`${whose} agrees with this machine's clock${seconds > 1 ? ` within ${seconds} s` : ''}.`);
}
