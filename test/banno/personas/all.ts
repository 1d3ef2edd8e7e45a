/** Every customer of the sandbox bank, in the order a person is offered them. */
import { busy } from './busy.ts';
import { everyday } from './everyday.ts';
import { hostile } from './hostile.ts';
import { many } from './many.ts';
import { odd } from './odd.ts';
import { business, spanish } from './others.ts';
import type { Persona } from './persona.ts';
import { allHidden, none, onlyExternal, refunded } from './sparse.ts';

export const PERSONAS: readonly Persona[] = [
  everyday,
  many,
  busy,
  none,
  allHidden,
  onlyExternal,
  refunded,
  odd,
  hostile,
  spanish,
  business,
];

export const PERSONA_IDS = PERSONAS.map((persona) => persona.id);

export function personaById(id: unknown): Persona | undefined {
  return PERSONAS.find((persona) => persona.id === id);
}

export function personaByUserId(userId: unknown): Persona | undefined {
  return PERSONAS.find((persona) => persona.userId === userId);
}
