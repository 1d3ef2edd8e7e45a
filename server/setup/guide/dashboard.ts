/** The step that fills in the Dashboard configuration, with a drawing of where each value appears. */
import { manifest } from '../../manifest.ts';
import { type Block, exact, type Step, text } from './blocks.ts';
import type { GuideContext } from './guide.ts';

export function dashboardStep(context: GuideContext): Step {
  const { applicationName, expandedApplicationName, hasSecondApplication } = context;
  return {
    title: 'Put the card into the Dashboard configuration',
    blocks: [
      text(
        'In Banno People, open the *Dashboard configuration* and add a card of the type *Plugin*. This is what it becomes; the numbers show where each field appears:',
      ),
      drawing(context),
      text(
        '*Description* and *Icon* are not on the card itself; Banno may show them where cards are chosen.',
      ),
      {
        kind: 'rows',
        rows: [
          exact('Title', manifest.title),
          exact('Description', manifest.description),
          exact(
            'External Application',
            applicationName,
            'Only applications with the link type PluginCard are in this list.',
          ),
          exact(
            'Initial height',
            String(manifest.initialHeight),
            'In pixels: type the number alone. The card is drawn for this height; below 200 it has no room.',
          ),
          exact('Icon', manifest.iconSuggestion, 'Any icon works.'),
        ],
      },
      {
        kind: 'rows',
        heading: 'Primary action',
        rows: [
          exact('Label', manifest.primaryAction.label, 'The words on the button below the card.'),
          exact(
            'External Application',
            expandedApplicationName,
            hasSecondApplication
              ? 'The second one: the button opens its first Redirect URI.'
              : 'The same one. The button opens the card at full size, and the card uses the room it finds.',
          ),
        ],
      },
      text(
        hasSecondApplication
          ? 'Save.'
          : 'Save. Should you want the button to open an address of its own later, your operator can add a second External Application; they send you a new guide then.',
      ),
    ],
  };
}

function drawing({ applicationName, expandedApplicationName }: GuideContext): Block {
  return {
    kind: 'drawing',
    title: manifest.title,
    height: manifest.initialHeight,
    label: manifest.primaryAction.label,
    callouts: [
      { field: 'Title', what: `“${manifest.title}”. Banno writes it; the menu beside it is Banno’s own.` },
      { field: 'External Application', what: `All of this part is drawn by “${applicationName}”.` },
      { field: 'Initial height', what: `${manifest.initialHeight}: how high that part is.` },
      {
        field: 'Primary action',
        what: `The button “${manifest.primaryAction.label}”. It opens “${expandedApplicationName}” at full size.`,
      },
    ],
  };
}
