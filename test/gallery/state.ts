/** What a state of the gallery is: what the page brings, what the API answers, and what is done to get there. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Frame } from 'playwright';
import type { AccountSummary, CardBoot, Problem, View } from '../../server/contract.ts';

type Features = Extract<CardBoot, { session: string }>['features'];

/** What the page brings its card. */
export type Content = { summary: AccountSummary; features?: Partial<Features> } | { problem: Problem };

export interface GalleryState {
  /** In lower case with hyphens: also the name of its file and of its site. */
  name: string;
  /** The face, unless it says otherwise. */
  view?: View;
  /** Null when the data never comes. */
  content: Content | null;
  /** What the page brings after the card has started itself over. */
  contentAfterRestart?: Content;
  /** True when the card's script cannot be had. */
  withoutScript?: boolean;
  /** Answers every call of the card's API. */
  api?: (request: FastifyRequest, reply: FastifyReply) => unknown;
  /** Runs in the card's page before any script of it; sees nothing of this module. */
  prepare?: () => void;
  /** What somebody does in the card, and waits for. */
  act?: (card: Frame) => Promise<void>;
}
