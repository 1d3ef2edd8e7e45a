/** The doctor's findings as text for people, and as JSON for machines. */
import type { Institution } from '../institution.ts';
import type { Finding, Status } from './checks/check.ts';

export interface Report {
  institution: Institution;
  findings: readonly Finding[];
}

type Summary = Record<Status, number>;

/** ANSI: green, yellow, red, grey. */
const COLOURS: Record<Status, number> = { pass: 32, warn: 33, fail: 31, skip: 90 };

export function renderText({ institution, findings }: Report, inColour: boolean): string {
  const { name, publicUrl, bankOrigin } = institution;
  const width = Math.max(...findings.map(({ title }) => title.length));
  const paint = (status: Status) => (inColour ? `\u001b[${COLOURS[status]}m${status}\u001b[0m` : status);
  const lines = [`${name}: card ${publicUrl}, bank ${bankOrigin}`];
  let group = '';
  for (const finding of findings) {
    if (finding.group !== group) {
      group = finding.group;
      lines.push('', group);
    }
    lines.push(`  ${paint(finding.status)}  ${finding.title.padEnd(width)}  ${finding.message}`);
    if (finding.mend !== undefined) lines.push(`${' '.repeat(width + 10)}Mend: ${finding.mend}`);
  }
  return `${[...lines, '', summarySentence(summarize(findings))].join('\n')}\n`;
}

/** `id` names the institution as `npm run doctor <id>` does. */
export function toJson({ institution, findings }: Report): unknown {
  const { id, name, publicUrl, bankOrigin } = institution;
  return {
    institution: { id, name, publicUrl, bankOrigin },
    checks: findings.map(({ id, status, message, mend }) => ({
      id,
      status,
      message,
      ...(mend === undefined ? {} : { mend }),
    })),
    summary: summarize(findings),
  };
}

function summarize(findings: readonly Finding[]): Summary {
  const summary: Summary = { pass: 0, warn: 0, fail: 0, skip: 0 };
  for (const { status } of findings) summary[status] += 1;
  return summary;
}

function summarySentence({ pass, warn, fail, skip }: Summary): string {
  const verdict =
    fail > 0
      ? 'Mend what failed, from the top, and run the doctor again.'
      : warn > 0
        ? 'Nothing failed; look at the warnings.'
        : 'All is well.';
  return `${pass} passed, ${warn} with a warning, ${fail} failed, ${skip} not looked at. ${verdict}`;
}
