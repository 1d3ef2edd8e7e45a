/** Runs axe-core inside the card's own page. */
import type { AxeResults } from 'axe-core';
import type { CardFrame } from './card-page.ts';

interface PageWithAxe {
  axe: { run(page: Document): Promise<AxeResults> };
}

/** All of axe's rules, best practices too; a line for each finding. The page must be opened with `withAxe`. */
export async function axeFindings({ window, document }: CardFrame): Promise<string[]> {
  const { axe } = window as unknown as PageWithAxe;
  const { violations } = await axe.run(document);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
