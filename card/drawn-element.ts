/** What every part of the card that draws data is: what it cannot draw, it does not leave half drawn. */
import { LitElement } from 'lit';

/** An old drawing that no press changes any more may show amounts that were asked to be hidden: the card must know. */
export class DrawnElement extends LitElement {
  protected override performUpdate(): void {
    try {
      super.performUpdate();
    } catch (error) {
      // Reaches the hosts of all shadow trees around it, also without bubbling (DOM standard, section 2.9).
      this.dispatchEvent(new Event('undrawn', { composed: true }));
      throw error;
    }
  }
}
